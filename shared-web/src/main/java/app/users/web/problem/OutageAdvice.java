package app.users.web.problem;

import app.users.web.order.RequestOrder;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers 503 with Retry-After when a database is down, or a wait for it times out. */
@RestControllerAdvice
@Order(RequestOrder.OUTAGE_ADVICE)
final class OutageAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(OutageAdvice.class);

    private final Problems problems;

    OutageAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessResourceException.class,
        QueryTimeoutException.class,
        CannotCreateTransactionException.class
    })
    ResponseEntity<Object> outage(RuntimeException e, HttpServletRequest request) {
        return outage((Throwable) e, request);
    }

    /** For exceptions that Spring has not translated, usually the cause of another exception. */
    @ExceptionHandler
    ResponseEntity<Object> sql(SQLException e, HttpServletRequest request) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        // 08 connection, 53 resources, 57P shutdown, 55P03, 57014, 25P03 and 25P04 timeouts; the connection pool sets
        // no state
        if (state.isEmpty() || state.matches("(08|53|57P|55P03|57014|25P0[34]).*")) {
            return outage(e, request);
        }
        LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        return problems.entity(request, Refusal.of(HttpStatus.INTERNAL_SERVER_ERROR));
    }

    private ResponseEntity<Object> outage(Throwable e, HttpServletRequest request) {
        LOG.warn("{} {} met an outage: {}", request.getMethod(), request.getRequestURI(), e.toString());
        return problems.entity(request, Refusal.outage());
    }
}
