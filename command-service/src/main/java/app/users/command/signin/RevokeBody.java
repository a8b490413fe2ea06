package app.users.command.signin;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body of {@code auth/token/revoke} as the API describes it. */
@Schema(example = "{}")
record RevokeBody(
        @Schema(description = "As `auth/sessions/` shows it.") @Nullable
        UUID session,

        @Schema(maxLength = 8192, description = "Instead of `session`: the one it belongs to.") @Nullable
        String refresh) {}
