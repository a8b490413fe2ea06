package app.users.gateway;

import app.users.management.Problem;
import app.users.web.route.Owner;
import java.net.URI;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.HttpStatus;

/**
 * {@code /actuator/origins} on the management port: moves requests to another configured origin while they flow. A restart
 * uses {@code users.gateway.command} and {@code users.gateway.query} again.
 */
@Endpoint(id = "origins")
class OriginsEndpoint {

    record Chosen(URI command, URI query) {}

    private final Origins origins;

    OriginsEndpoint(Origins origins) {
        this.origins = origins;
    }

    @ReadOperation
    Chosen all() {
        return new Chosen(origins.of(Owner.COMMAND), origins.of(Owner.QUERY));
    }

    /** Changes both or neither; an absent one stays. */
    @WriteOperation
    WebEndpointResponse<Object> choose(@Nullable String command, @Nullable String query) {
        Map<Owner, URI> choices = new EnumMap<>(Owner.class);
        try {
            if (command != null) {
                choices.put(Owner.COMMAND, URI.create(command));
            }
            if (query != null) {
                choices.put(Owner.QUERY, URI.create(query));
            }
        } catch (IllegalArgumentException e) {
            return Problem.of(HttpStatus.BAD_REQUEST, "an origin must be an address such as http://host:8082");
        }
        for (var choice : choices.entrySet()) {
            if (!origins.mayChoose(choice.getKey(), choice.getValue())) {
                String setting = "users.gateway." + choice.getKey().name().toLowerCase(Locale.ROOT);
                return Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "%s is neither in %s nor in %s-alternatives".formatted(choice.getValue(), setting, setting));
            }
        }
        choices.forEach(origins::choose);
        return new WebEndpointResponse<>(all());
    }
}
