package app.users.web.problem;

import org.springframework.http.HttpStatus;

/** Why a request is rejected; it determines the status of the answer. */
public enum Reason {
    INVALID(HttpStatus.BAD_REQUEST),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED),
    FORBIDDEN(HttpStatus.FORBIDDEN),
    NOT_FOUND(HttpStatus.NOT_FOUND),
    CONFLICT(HttpStatus.CONFLICT),
    UNPROCESSABLE(HttpStatus.UNPROCESSABLE_CONTENT),
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE);

    private final HttpStatus status;

    Reason(HttpStatus status) {
        this.status = status;
    }

    public HttpStatus status() {
        return status;
    }
}
