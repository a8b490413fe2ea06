package app.users.command.token;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of {@code auth/token/} as the API describes it; exactly one of email and number. */
@Schema(example = "{\"email\":\"anna@example.org\",\"password\":\"blue kettle 47\"}")
record SignInBody(
        @Schema(example = "anna@example.org") @Nullable String email,

        @Schema(example = "+79161234567", description = "With + and country code. Instead of `email`.") @Nullable
        String number,

        @Schema(example = "blue kettle 47") String password) {}
