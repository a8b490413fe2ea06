package app.users.command.signin;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code auth/token/refresh} as the API describes it. */
record RefreshBody(
        @Schema(
                maxLength = RefreshToken.MAX,
                example = "the refresh token",
                description = "The last one that was answered.")
        String refresh) {}
