package app.users.management;

import app.users.settings.InvalidSetting;
import app.users.settings.Key;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Access to the management port.
 *
 * @param token secret: operators send it as {@code Authorization: Bearer}; without it, only health and metrics answer
 * @param hosts names of the management port in the {@code Host} header, without port
 */
@ConfigurationProperties("users.management")
record ManagementProperties(
        @Nullable Key token,
        @DefaultValue({"localhost", "127.0.0.1", "[::1]"}) List<String> hosts) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");

    ManagementProperties {
        hosts = List.copyOf(hosts);
        for (String host : hosts) {
            if (!HOST.matcher(host).matches()) {
                throw new InvalidSetting(
                        "users.management.hosts",
                        "has \"%s\"; each entry must be a host name or address without a port".formatted(host));
            }
        }
    }
}
