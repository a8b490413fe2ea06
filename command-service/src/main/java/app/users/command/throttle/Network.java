package app.users.command.throttle;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** What one subscriber has: an IPv4 address, or the first half of an IPv6 address. */
public final class Network {

    private Network() {}

    /** @param address as numbers; a name is never looked up, and all names are one network */
    public static String of(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(withoutZone(address));
            byte[] bytes = parsed.getAddress();
            return HexFormat.of().formatHex(parsed instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The zone of a link-local address names an interface of this machine, which need not exist. */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
