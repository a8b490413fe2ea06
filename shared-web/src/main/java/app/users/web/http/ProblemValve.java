package app.users.web.http;

import app.users.web.problem.Problems;
import app.users.web.problem.Refusal;
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

/** Answers Tomcat's own refusals (a malformed request line, a huge header) with problem+json. */
final class ProblemValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

    // a supplier, because Tomcat is configured before most beans exist
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
        // unknown transfer coding or HTTP version: the client's fault, although Tomcat answers 5xx
        HttpStatusCode answered =
                status == 501 || status == 505 ? HttpStatus.BAD_REQUEST : HttpStatusCode.valueOf(status);
        try {
            problems.get().write(request.getRequest(), response.getResponse(), Refusal.of(answered));
            response.finishResponse();
        } catch (IOException e) {
            LOG.debug("the client closed the connection before the answer", e);
        }
    }
}
