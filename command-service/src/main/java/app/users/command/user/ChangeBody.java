package app.users.command.user;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of {@code PATCH user/} as the API describes it; null empties patronymic and address. */
record ChangeBody(
        @Schema(minLength = 1, maxLength = Field.MAX_NAME, example = "user1") @Nullable
        String surname,

        @Schema(minLength = 1, maxLength = Field.MAX_NAME, example = "user1Changed@gmail.com") @Nullable
        String name,

        @Schema(
                types = {"string", "null"},
                maxLength = Field.MAX_NAME,
                example = "user1Changed")
        @Nullable
        String patronymic,

        @Schema(
                types = {"string", "null"},
                maxLength = Field.MAX_ADDRESS,
                example = "user1Changedaddress")
        @Nullable
        String address,

        @Schema(
                maxLength = Email.MAX,
                format = "email",
                example = "user1Changed@gmail.com",
                description = "A new one is unconfirmed.")
        @Nullable
        String email,

        @Schema(
                maxLength = PhoneNumber.MAX,
                pattern = "^\\s*\\+",
                example = "+79967348130",
                description = "A new one is unconfirmed.")
        @Nullable
        String number,

        @Schema(
                minLength = Field.MIN_PASSWORD,
                maxLength = Field.MAX_PASSWORD_BYTES,
                format = "password",
                example = "user1user1Changed",
                description = "A new one ends all other sessions.")
        @Nullable
        String password,

        @Schema(
                format = "password",
                description = "Checked when sent; needed for a new one where the operator says so.")
        @JsonProperty("current_password")
        @Nullable
        String currentPassword,

        @Nullable Boolean executor) {}
