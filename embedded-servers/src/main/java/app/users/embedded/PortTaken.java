package app.users.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Another program listens where one of ours should; the message says what to change. */
public final class PortTaken extends RuntimeException {

    private PortTaken(String message, IOException cause) {
        super(message, cause);
    }

    static void check(String server, int port, String property) {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            probe.setReuseAddress(true);
        } catch (IOException e) {
            throw new PortTaken(
                    "Port %d is taken, %s cannot start. Stop what uses it, or choose another: --%s=<port>"
                            .formatted(port, server, property),
                    e);
        }
    }
}
