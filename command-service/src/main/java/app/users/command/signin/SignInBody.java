package app.users.command.signin;

import app.users.command.value.Email;
import app.users.command.value.Password;
import app.users.command.value.PhoneNumber;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of {@code auth/token/} as the API describes it; exactly one of email and number. */
@Schema(example = "{\"email\":\"anna@example.org\",\"password\":\"blue kettle 47\"}")
record SignInBody(
        @Schema(
                types = {"string", "null"},
                maxLength = Email.MAX,
                example = "anna@example.org")
        @Nullable
        String email,

        @Schema(
                types = {"string", "null"},
                maxLength = PhoneNumber.MAX,
                example = "+79161234567",
                description = "With + and country code. Instead of `email`.")
        @Nullable
        String number,

        @Schema(maxLength = Password.MAX_BYTES, format = "password", example = "blue kettle 47")
        String password) {}
