package app.users.standalone;

import app.users.settings.InvalidSetting;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** With {@code server.port=0} a free port is chosen before the server listens, because the issuer of tokens contains it. */
final class ChosenPort {

    private static final String PORT = "server.port";

    private ChosenPort() {}

    static void in(ConfigurableEnvironment settings) {
        if (settings.getProperty(PORT, "").equals("0")) {
            settings.getPropertySources().addFirst(new MapPropertySource("chosen port", Map.of(PORT, free())));
        }
    }

    private static int free() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new InvalidSetting(PORT, "is 0, but this machine has no free port (%s)".formatted(e));
        }
    }
}
