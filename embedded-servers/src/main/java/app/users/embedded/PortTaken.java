package app.users.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Another program listens where one of ours should; the message says what to change. */
public final class PortTaken extends RuntimeException {

    private PortTaken(String message, IOException cause) {
        super(message, cause);
    }

    static void check(String server, int port, String property) {
        if (port == 0) {
            return;
        }
        // bound but not listening: a client that connects meanwhile is refused and does not wait for a greeting
        try (Socket probe = new Socket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new PortTaken(
                    "Port %d is taken, %s cannot start. Stop what uses it, or choose another: --%s=<port>"
                            .formatted(port, server, property),
                    e);
        }
    }
}
