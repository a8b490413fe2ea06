package app.users.gateway;

import app.users.web.order.RequestOrder;
import app.users.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.ResourceAccessException;

/** Says which way a service failed: 502 when it cannot be reached, 504 when it took too long, 503 when too many wait. */
@RestControllerAdvice
@Order(RequestOrder.SERVICE_ADVICE)
final class ServiceAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceAdvice.class);

    private final Problems problems;

    ServiceAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    void failed(ResourceAccessException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        HttpStatus status = status(e);
        LOG.warn("{} {} got {}: {}", request.getMethod(), request.getRequestURI(), status.value(), e.getMessage());
        if (status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.BAD_GATEWAY) {
            response.setHeader("Retry-After", "5");
        }
        problems.write(request, response, status);
    }

    private static HttpStatus status(ResourceAccessException e) {
        return switch (e.getCause()) {
            case ConnectionRequestTimeoutException full -> HttpStatus.SERVICE_UNAVAILABLE;
            case ConnectTimeoutException unreachable -> HttpStatus.BAD_GATEWAY;
            case SocketTimeoutException slow -> HttpStatus.GATEWAY_TIMEOUT;
            case null, default -> HttpStatus.BAD_GATEWAY;
        };
    }
}
