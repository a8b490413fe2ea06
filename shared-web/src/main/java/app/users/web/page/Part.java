package app.users.web.page;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part of the system whose state the first page shows. */
public final class Part {

    private static final Logger LOG = LoggerFactory.getLogger(Part.class);

    private final String name;
    private final Duration timeout;
    private final Supplier<Map<String, PartState>> check;
    private final AtomicBoolean checking = new AtomicBoolean();

    /**
     * A part that consists of parts.
     *
     * @param timeout after which it is {@code DOWN}
     * @param check tells the state of this part and of the parts in it; an exception means {@code DOWN}
     */
    public Part(String name, Duration timeout, Supplier<Map<String, PartState>> check) {
        this.name = name;
        this.timeout = timeout;
        this.check = check;
    }

    /** @param up whether the part works; an exception, or no answer within a second, means {@code DOWN} */
    public static Part of(String name, BooleanSupplier up) {
        return new Part(
                name, Duration.ofSeconds(1), () -> Map.of(name, up.getAsBoolean() ? PartState.UP : PartState.DOWN));
    }

    Duration timeout() {
        return timeout;
    }

    Map<String, PartState> down() {
        return Map.of(name, PartState.DOWN);
    }

    /** Runs one check at a time: checks of a part that hangs must not pile up. */
    Map<String, PartState> check() {
        if (!checking.compareAndSet(false, true)) {
            return down();
        }
        try {
            return check.get();
        } catch (RuntimeException e) {
            LOG.debug("{} is down", name, e);
            return down();
        } finally {
            checking.set(false);
        }
    }
}
