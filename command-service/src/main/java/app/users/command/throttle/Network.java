package app.users.command.throttle;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What one subscriber has: an IPv4 address, or the first half of an IPv6 address. */
final class Network {

    private static final Pattern NUMBERS = Pattern.compile("[0-9A-Fa-f.:%\\w]*[.:][0-9A-Fa-f.:%\\w]*");
    private static final Pattern ZONE = Pattern.compile("%.*");

    private Network() {}

    /** @param address as numbers; a name is never looked up */
    static String of(String address) {
        if (!NUMBERS.matcher(address).matches()) {
            return "";
        }
        try {
            InetAddress parsed = InetAddress.ofLiteral(ZONE.matcher(address).replaceFirst(""));
            byte[] bytes = parsed.getAddress();
            return HexFormat.of().formatHex(parsed instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
