package app.users.command.confirmation;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code accept-email/} as the API describes it. */
record CodeBody(
        @Schema(
                types = {"string", "integer"},
                pattern = "^[0-9]{6}$",
                minimum = "0",
                maximum = "999999",
                example = "012345",
                description = "Six digits, as text or as a number; a number may have lost its zeros.")
        String code) {}
