package app.users.command.token;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of {@code auth/token/} as the API describes it; exactly one of email and number. */
record SignInBody(
        @Schema(example = "user1@gmail.com") @Nullable String email,

        @Schema(description = "With + and country code. Instead of `email`.") @Nullable
        String number,

        @Schema(example = "user1user1") String password) {}
