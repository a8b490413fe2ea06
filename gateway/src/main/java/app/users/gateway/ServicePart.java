package app.users.gateway;

import app.users.web.page.FirstPage;
import app.users.web.page.Part;
import app.users.web.page.PartState;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** A service as a part of the first page, with the parts that its own first page shows. */
final class ServicePart {

    /** A service waits a second for each of its parts before it answers. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private ServicePart() {}

    static Part of(String name, RestClient.Builder builder, Supplier<URI> origin) {
        RestClient client = builder.build();
        return new Part(name, TIMEOUT, () -> {
            FirstPage page = client.get()
                    .uri(origin.get().resolve("/users/"))
                    .accept(MediaType.APPLICATION_JSON)
                    .retrieve()
                    .body(FirstPage.class);
            Map<String, PartState> parts = new LinkedHashMap<>(Map.of(name, PartState.UP));
            parts.putAll(Objects.requireNonNull(page).parts());
            return parts;
        });
    }
}
