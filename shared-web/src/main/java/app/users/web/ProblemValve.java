package app.users.web;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** Gives what the connector refuses (a malformed request line, a huge header) the same form as every other problem. */
final class ProblemValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

    // the server is configured before most beans are there
    private final Supplier<Problems> problems;

    ProblemValve(Supplier<Problems> problems) {
        this.problems = problems;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        // a transfer coding or version of HTTP that nobody knows: no fault of ours, whatever the connector says
        HttpStatusCode answered =
                status == 501 || status == 505 ? HttpStatus.BAD_REQUEST : HttpStatusCode.valueOf(status);
        try {
            problems.get().write(request.getRequest(), response.getResponse(), Refusal.of(answered));
            response.finishResponse();
        } catch (IOException e) {
            LOG.debug("the client left before its answer", e);
        }
    }
}
