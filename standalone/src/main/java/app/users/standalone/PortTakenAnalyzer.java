package app.users.standalone;

import app.users.embedded.PortTaken;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Spring Boot logs a stack trace for each failure that has no analysis; for a taken port the sentence is enough. */
final class PortTakenAnalyzer extends AbstractFailureAnalyzer<PortTaken> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, PortTaken taken) {
        return new FailureAnalysis(taken.getMessage(), "Choose another port.", failure);
    }
}
