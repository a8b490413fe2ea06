package app.users.notification.outage;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;

/** Logs an outage when it begins or its cause changes, and when it ends. */
public final class OutageLog {

    private final Logger log;
    private final AtomicReference<String> last = new AtomicReference<>("");

    public OutageLog(Logger log) {
        this.log = log;
    }

    /** An attempt failed. */
    public void failed(String cause) {
        if (!cause.equals(last.getAndSet(cause))) {
            log.warn("{}", cause);
        }
    }

    /** An attempt succeeded. */
    public void ended() {
        String cause = last.getAndSet("");
        if (!cause.isEmpty()) {
            log.info("over: {}", cause);
        }
    }
}
