package app.users.gateway;

import app.users.settings.Require;
import app.users.web.Owner;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the services are.
 *
 * @param command the command service's origin
 * @param query the query service's origin
 */
@ConfigurationProperties("users.gateway")
record GatewayProperties(
        @DefaultValue("http://127.0.0.1:8081") URI command,
        @DefaultValue("http://127.0.0.1:8082") URI query) {

    GatewayProperties {
        Require.webAddress("users.gateway.command", command);
        Require.webAddress("users.gateway.query", query);
    }

    URI origin(Owner owner) {
        return switch (owner) {
            case COMMAND -> command;
            case QUERY -> query;
        };
    }
}
