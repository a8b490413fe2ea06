package app.users.system;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The running systems, each started when the first test asks for it and shared until the last one is done. */
final class Systems implements AutoCloseable {

    private final Map<Form, RunningSystem> running = new EnumMap<>(Form.class);
    private final Map<Form, Throwable> failed = new EnumMap<>(Form.class);

    /** What did not start once is not tried again: every further test would wait for it in vain. */
    synchronized RunningSystem get(Form form) {
        if (failed.containsKey(form)) {
            throw new IllegalStateException(form + " did not start", failed.get(form));
        }
        try {
            return running.computeIfAbsent(form, Form::start);
        } catch (RuntimeException | AssertionError e) {
            failed.put(form, e);
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        running.values().forEach(RunningSystem::close);
    }

    /** Hands the one {@link Systems} of a test run to constructors that ask for it. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Systems.class;
        }

        @Override
        public Systems resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.GLOBAL)
                    .computeIfAbsent(Systems.class, key -> new Systems(), Systems.class);
        }
    }
}
