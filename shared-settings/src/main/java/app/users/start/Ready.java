package app.users.start;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Says in one line each that a process starts, and that it is ready and where. */
final class Ready implements ApplicationListener<SpringApplicationEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(Ready.class);

    @Override
    public void onApplicationEvent(SpringApplicationEvent event) {
        switch (event) {
            case ApplicationPreparedEvent prepared ->
                LOG.info(
                        "{} starts (process {}, Java {}).",
                        name(prepared.getApplicationContext().getEnvironment()),
                        ProcessHandle.current().pid(),
                        Runtime.version());
            case ApplicationReadyEvent ready -> tell(ready);
            default -> {}
        }
    }

    private static void tell(ApplicationReadyEvent ready) {
        Environment settings = ready.getApplicationContext().getEnvironment();
        LOG.info(
                "{} is ready after {} s: HTTP on {}, management on {}.",
                name(settings),
                ready.getTimeTaken() == null ? "?" : ready.getTimeTaken().toSeconds(),
                place(settings, "server.address", "local.server.port"),
                place(settings, "management.server.address", "local.management.port"));
    }

    private static String name(Environment settings) {
        return settings.getProperty("spring.application.name", "users");
    }

    private static String place(Environment settings, String address, String port) {
        return settings.getProperty(address, "0.0.0.0") + ":" + settings.getProperty(port, "no port");
    }
}
