package app.users.gateway;

import app.users.settings.InvalidSetting;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * {@code /actuator/origins} on the management port: the settings {@code users.gateway.*}, changed while requests flow. After
 * a restart the settings count again.
 */
@Endpoint(id = "origins")
class OriginsEndpoint {

    private final Origins origins;

    OriginsEndpoint(Origins origins) {
        this.origins = origins;
    }

    @ReadOperation
    GatewayProperties all() {
        return origins.now();
    }

    /** What is absent stays. */
    @WriteOperation
    WebEndpointResponse<Object> change(@Nullable String command, @Nullable String query) {
        GatewayProperties now = origins.now();
        try {
            origins.change(new GatewayProperties(
                    command == null ? now.command() : URI.create(command),
                    query == null ? now.query() : URI.create(query)));
        } catch (InvalidSetting e) {
            return refusal(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return refusal("that is no address");
        }
        return new WebEndpointResponse<>(origins.now());
    }

    private static WebEndpointResponse<Object> refusal(String detail) {
        return new WebEndpointResponse<>(Map.of("status", 400, "detail", detail), 400);
    }
}
