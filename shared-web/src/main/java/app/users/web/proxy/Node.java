package app.users.web.proxy;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads IP addresses as proxies write them. A name is never looked up in DNS. */
final class Node {

    /** Four decimal numbers; {@link InetAddress#ofLiteral} alone would also take {@code 127.1} and {@code 010.0.0.1}. */
    private static final String V4 = "(?:0|[1-9]\\d{0,2})(?:\\.(?:0|[1-9]\\d{0,2})){3}";

    /** Without a zone: the zones of another machine mean nothing here. */
    private static final String V6 = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

    private static final Pattern LITERAL = Pattern.compile(V4 + "|" + V6);

    /** RFC 7239, section 6, and the bare IPv6 address of {@code X-Forwarded-For}. */
    private static final Pattern NODE =
            Pattern.compile("(?:(%s)|\\[(%s)])(?::(?:\\d{1,5}|_[\\w.-]+))?|(%s)".formatted(V4, V6, V6));

    private Node() {}

    /** Null for all but an IP address: {@code unknown}, an obfuscated name, a host name, nonsense. */
    static @Nullable InetAddress address(String node) {
        Matcher parts = NODE.matcher(node);
        if (!parts.matches()) {
            return null;
        }
        for (int group = 1; group <= parts.groupCount(); group++) {
            String found = parts.group(group);
            if (found != null) {
                return literal(found);
            }
        }
        return null;
    }

    /** An IP address alone, else null. */
    static @Nullable InetAddress literal(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
