package app.users.gateway;

import java.security.Security;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The gateway as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(GatewayConfiguration.class)
public class GatewayApplication {

    /** Seconds until the JVM asks for the addresses of a service again: replicas come and go while the gateway runs. */
    private static final String ADDRESSES_CACHED_FOR = "1";

    public static void main(String[] args) {
        Security.setProperty("networkaddress.cache.ttl", ADDRESSES_CACHED_FOR);
        Security.setProperty("networkaddress.cache.negative.ttl", ADDRESSES_CACHED_FOR);
        new SpringApplicationBuilder(GatewayApplication.class)
                .properties("spring.config.name=web,gateway")
                .run(args);
    }
}
