package app.users.command.idempotency;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Gives the twin's answer. */
@RestControllerAdvice
@Order(0)
class AlreadyAnsweredAdvice {

    @ExceptionHandler
    void answered(AlreadyAnswered twin, HttpServletResponse response) throws IOException {
        twin.answer().write(response);
    }
}
