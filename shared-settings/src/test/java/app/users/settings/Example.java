package app.users.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Configuration;

/** A service that has settings and nothing else. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({Example.Settings.class, Example.OtherSettings.class})
class Example {

    enum Colour {
        LIGHT_RED,
        BLUE
    }

    @ConfigurationProperties("users.example")
    record Settings(
            @DefaultValue("3") int count,
            @DefaultValue("true") boolean flag,
            @DefaultValue("1h") Duration often,
            @DefaultValue("http://host") URI address,
            @DefaultValue Set<Colour> colours,
            Key secretKey,
            Key otherKey,
            @DefaultValue List<Key> oldKeys) {

        Settings {
            Require.atLeast("users.example.count", count, 1);
            Require.atLeast("users.example.often", often, Duration.ofSeconds(1));
            Require.webAddress("users.example.address", address);
            Require.present("users.example.secret-key", secretKey, Key.RIGHT);
        }
    }

    /** Of the plain sort, with no exception of ours. */
    @ConfigurationProperties("users.other")
    record OtherSettings(@DefaultValue("1") int count) {

        OtherSettings {
            if (count < 0) {
                throw new IllegalArgumentException("count must not be negative");
            }
        }
    }
}
