package app.users.system;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The running systems, each started when the first test asks for it and shared until the last one is done. */
final class Systems implements AutoCloseable {

    /** What one start has led to. A failed start is not tried again: every further test would wait for it in vain. */
    private static final class Start {

        private @Nullable RunningSystem system;
        private @Nullable Throwable failure;

        synchronized RunningSystem result(Enum<?> key, Supplier<RunningSystem> start) {
            if (failure != null) {
                throw new IllegalStateException(key + " did not start", failure);
            }
            if (system == null) {
                try {
                    system = start.get();
                } catch (RuntimeException | AssertionError e) {
                    failure = e;
                    throw e;
                }
            }
            return system;
        }

        synchronized void close() {
            if (system != null) {
                system.close();
            }
        }
    }

    private final Map<Enum<?>, Start> starts = new ConcurrentHashMap<>();

    RunningSystem get(Form form) {
        return get(form, form::start);
    }

    StandaloneSystem get(Setup setup) {
        return (StandaloneSystem) get(setup, setup::start);
    }

    /** Tests that need another system do not wait for this start. */
    private RunningSystem get(Enum<?> key, Supplier<RunningSystem> start) {
        return starts.computeIfAbsent(key, unused -> new Start()).result(key, start);
    }

    @Override
    public void close() {
        starts.values().forEach(Start::close);
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
