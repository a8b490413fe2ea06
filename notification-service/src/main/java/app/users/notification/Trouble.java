package app.users.notification;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;

/** Logs a trouble when it begins or becomes another one, and its end; not each time it is met. */
final class Trouble {

    private final Logger log;
    private final AtomicReference<String> last = new AtomicReference<>("");

    Trouble(Logger log) {
        this.log = log;
    }

    void met(String trouble) {
        if (!trouble.equals(last.getAndSet(trouble))) {
            log.warn("{}", trouble);
        }
    }

    void over() {
        String trouble = last.getAndSet("");
        if (!trouble.isEmpty()) {
            log.info("over: {}", trouble);
        }
    }
}
