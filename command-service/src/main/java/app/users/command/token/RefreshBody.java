package app.users.command.token;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code auth/token/refresh} as the API describes it. */
record RefreshBody(@Schema(example = "refresh") String refresh) {}
