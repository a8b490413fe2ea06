package app.users.command.profile;

import app.users.command.user.Field;
import app.users.command.value.Email;
import app.users.command.value.Password;
import app.users.command.value.PhoneNumber;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of {@code PATCH user/} as the API describes it; null empties patronymic and address. */
@Schema(example = "{\"patronymic\":\"\",\"address\":\"12 Main Street\"}")
record ChangeBody(
        @Schema(minLength = 1, maxLength = Field.MAX_NAME, example = "Petrova") @Nullable
        String surname,

        @Schema(minLength = 1, maxLength = Field.MAX_NAME, example = "Anna") @Nullable
        String name,

        @Schema(
                types = {"string", "null"},
                maxLength = Field.MAX_NAME,
                example = "Ivanovna")
        @Nullable
        String patronymic,

        @Schema(
                types = {"string", "null"},
                maxLength = Field.MAX_ADDRESS,
                example = "12 Main Street")
        @Nullable
        String address,

        @Schema(
                maxLength = Email.MAX,
                format = "idn-email",
                example = "anna@example.org",
                description = "A new one is unconfirmed.")
        @Nullable
        String email,

        @Schema(maxLength = PhoneNumber.MAX, example = "+79161234567", description = "A new one is unconfirmed.")
        @Nullable
        String number,

        @Schema(
                minLength = Password.MIN,
                maxLength = Password.MAX_BYTES,
                format = "password",
                example = "green kettle 48",
                description = "A new one ends all other sessions.")
        @Nullable
        String password,

        @Schema(
                types = {"string", "null"},
                maxLength = Password.MAX_BYTES,
                format = "password",
                description =
                        "Checked when sent with a new password, email or number; needed for them where the operator says so.")
        @JsonProperty("current_password")
        @Nullable
        String currentPassword,

        @Nullable Boolean executor) {}
