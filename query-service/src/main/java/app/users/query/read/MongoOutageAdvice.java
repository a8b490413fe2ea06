package app.users.query.read;

import app.users.web.order.RequestOrder;
import app.users.web.problem.Problems;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import com.mongodb.MongoException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** MongoDB does not answer: the read may be tried again in a moment. */
@RestControllerAdvice(basePackageClasses = MongoOutageAdvice.class)
@Order(RequestOrder.SERVICE_ADVICE)
class MongoOutageAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(MongoOutageAdvice.class);

    private final Problems problems;

    MongoOutageAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    void outage(MongoException e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        LOG.warn("MongoDB does not answer: {}", e.getMessage());
        problems.write(
                request, response, Rejected.of(Reason.UNAVAILABLE, "outage").retryAfter(Duration.ofSeconds(5)));
    }
}
