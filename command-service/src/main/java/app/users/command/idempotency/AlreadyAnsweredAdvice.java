package app.users.command.idempotency;

import app.users.web.order.RequestOrder;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Gives the twin's answer. */
@RestControllerAdvice
@Order(RequestOrder.SERVICE_ADVICE)
class AlreadyAnsweredAdvice {

    @ExceptionHandler
    void answered(AlreadyAnswered twin, HttpServletResponse response) throws IOException {
        twin.answer().write(response);
    }
}
