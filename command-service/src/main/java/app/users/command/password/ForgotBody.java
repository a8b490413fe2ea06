package app.users.command.password;

import app.users.command.value.Email;
import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code auth/password/forgot/} as the API describes it. */
record ForgotBody(
        @Schema(maxLength = Email.MAX, format = "idn-email", example = "anna@example.org")
        String email) {}
