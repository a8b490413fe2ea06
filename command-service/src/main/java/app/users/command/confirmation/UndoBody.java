package app.users.command.confirmation;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code auth/email/undo/} as the API describes it. */
record UndoBody(
        @Schema(
                pattern = UndoController.TOKEN,
                example = "17.q1Yb0k3mT7fHc2Vd9sLx4A",
                description = "From the mail that told of the change.")
        String token) {}
