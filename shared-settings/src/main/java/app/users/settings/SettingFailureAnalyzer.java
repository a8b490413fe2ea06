package app.users.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Lets Spring Boot say the sentence in place of a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingFailureAnalyzer implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        return SettingFailure.sentence(failure)
                .map(sentence -> new FailureAnalysis(
                        sentence, "Correct it and start again; docs/configuration.md explains every setting.", failure))
                .orElse(null);
    }
}
