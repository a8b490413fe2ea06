package app.users.command.password;

import app.users.command.value.Email;
import app.users.command.value.Password;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of {@code auth/password/reset/} as the API describes it. */
record ResetBody(
        @Schema(maxLength = Email.MAX, format = "idn-email", example = "anna@example.org")
        String email,

        @Schema(
                types = {"string", "integer"},
                pattern = "^[0-9]{6}$",
                minimum = "0",
                maximum = "999999",
                example = "012345",
                description = "Six digits, as text or as a number; a number may have lost its zeros.")
        String code,

        @Schema(
                minLength = Password.MIN,
                maxLength = Password.MAX_BYTES,
                format = "password",
                example = "green kettle 48")
        String password,

        @Schema(
                types = {"string", "null"},
                maxLength = 64,
                example = "q1Yb0k3mT7fHc2Vd9sLx4A",
                description = "From the answer to the request for the code.")
        @Nullable
        String request) {}
