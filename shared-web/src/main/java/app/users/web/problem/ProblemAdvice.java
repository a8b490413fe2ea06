package app.users.web.problem;

import app.users.web.id.RequestId;
import app.users.web.order.RequestOrder;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers every exception of a controller with a problem, unless a service's own advice has handled it. */
@RestControllerAdvice
@Order(RequestOrder.PROBLEM_ADVICE)
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final Problems problems;

    ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<Object> rejected(Rejected rejected, HttpServletRequest request) {
        return problems.entity(request, Refusal.of(rejected));
    }

    /** Tomcat parses the query at the first read of a parameter, and throws then if the query is malformed. */
    @ExceptionHandler
    ResponseEntity<Object> unreadable(InvalidParameterException e, HttpServletRequest request) {
        return problems.entity(request, Refusal.of(HttpStatus.BAD_REQUEST));
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(RuntimeException e, HttpServletRequest request) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            // command buses and futures wrap exceptions of their handlers
            if (cause instanceof Rejected rejected) {
                return rejected(rejected, request);
            }
        }
        LOG.error("{} {} ({}) failed", request.getMethod(), request.getRequestURI(), RequestId.logged(request), e);
        return problems.entity(request, Refusal.of(HttpStatus.INTERNAL_SERVER_ERROR));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return problems.entity(servlet(request), MalformedJson.refusal(e));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (e.getContentType() == null) {
            // BodyFilter has refused a body without type, so there is no body
            return problems.entity(servlet(request), Refusal.of(HttpStatus.BAD_REQUEST, "missing-body"));
        }
        return super.handleHttpMediaTypeNotSupported(e, headers, status, request);
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = e instanceof MethodArgumentTypeMismatchException argument ? argument.getName() : "";
        return invalid(new FieldError(name, "wrong-type"), request);
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(new FieldError(e.getParameterName(), "required"), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.is5xxServerError()) {
            LOG.error("{} failed", request.getDescription(false), e);
        }
        if (request instanceof ServletWebRequest web
                && web.getResponse() != null
                && web.getResponse().isCommitted()) {
            return null;
        }
        ResponseEntity<Object> problem = problems.entity(servlet(request), Refusal.of(status));
        return ResponseEntity.status(status)
                .headers(headers)
                .headers(problem.getHeaders())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.getBody());
    }

    private ResponseEntity<Object> invalid(FieldError error, WebRequest request) {
        return problems.entity(
                servlet(request),
                Refusal.of(HttpStatus.BAD_REQUEST, "invalid-fields").errors(List.of(error)));
    }

    private static HttpServletRequest servlet(WebRequest request) {
        return ((ServletWebRequest) request).getRequest();
    }
}
