package app.users.gateway;

import app.users.settings.Require;
import app.users.web.route.Owner;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the services are.
 *
 * @param command the command service's origin
 * @param query the query service's origin
 * @param commandAlternatives further origins of command services that {@code /actuator/origins} may choose
 * @param queryAlternatives further origins of query services that {@code /actuator/origins} may choose
 */
@ConfigurationProperties("users.gateway")
record GatewayProperties(
        @DefaultValue("http://127.0.0.1:8081") URI command,
        @DefaultValue("http://127.0.0.1:8082") URI query,
        @DefaultValue List<URI> commandAlternatives,
        @DefaultValue List<URI> queryAlternatives) {

    GatewayProperties {
        Require.webAddress("users.gateway.command", command);
        Require.webAddress("users.gateway.query", query);
        commandAlternatives = List.copyOf(commandAlternatives);
        queryAlternatives = List.copyOf(queryAlternatives);
        commandAlternatives.forEach(origin -> Require.webAddress("users.gateway.command-alternatives", origin));
        queryAlternatives.forEach(origin -> Require.webAddress("users.gateway.query-alternatives", origin));
    }

    /** The origin that requests go to after a start. */
    URI first(Owner owner) {
        return switch (owner) {
            case COMMAND -> command;
            case QUERY -> query;
            case DOOR -> throw new IllegalArgumentException("the gateway answers these paths itself");
        };
    }

    List<URI> alternatives(Owner owner) {
        return switch (owner) {
            case COMMAND -> commandAlternatives;
            case QUERY -> queryAlternatives;
            case DOOR -> List.of();
        };
    }
}
