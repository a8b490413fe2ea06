package app.users.web.proxy;

import app.users.settings.InvalidSetting;
import java.net.InetAddress;
import java.util.List;
import org.apache.catalina.util.NetMask;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which proxies are believed when they name their client; docs/proxies.md shows what each proxy needs.
 *
 * @param trustedProxies IP addresses or CIDR ranges such as {@code 10.0.0.0/8}; by default none, and no header about the
 *     client is believed
 * @param trustedProxiesHeader the header that these proxies write: {@code x-forwarded} for {@code X-Forwarded-For} and its
 *     family, or {@code forwarded} for RFC 7239; the other one is ignored, because a client may have written it
 */
@ConfigurationProperties("users")
record TrustedProxiesProperties(
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("x-forwarded") ProxyHeader trustedProxiesHeader) {

    TrustedProxiesProperties {
        trustedProxies = List.copyOf(trustedProxies);
        trustedProxies.forEach(TrustedProxiesProperties::range);
    }

    boolean trust(InetAddress address) {
        return trustedProxies.stream().anyMatch(range -> range(range).matches(address));
    }

    /** Checks the address first: the range would look up a name in DNS. */
    private static NetMask range(String range) {
        int slash = range.indexOf('/');
        if (Node.literal(slash < 0 ? range : range.substring(0, slash)) == null) {
            throw invalid(range);
        }
        try {
            return new NetMask(range);
        } catch (IllegalArgumentException e) {
            throw invalid(range);
        }
    }

    private static InvalidSetting invalid(String range) {
        return new InvalidSetting(
                "users.trusted-proxies",
                "has \"%s\"; it takes IP addresses and ranges such as 10.0.0.7, 10.0.0.0/8 or 2001:db8::/32"
                        .formatted(range));
    }
}
