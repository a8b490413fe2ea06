package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.users.system.Guest.Tokens;
import app.users.web.route.Route;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

/** Security lines 7 and 8: no forged token passes any door of any service. */
@EachForm
class ForgedTokensIT {

    private record Place(Client door, HttpMethod method, String path) {

        Answer with(String access) {
            return door.with("Bearer", access).send(method.name(), path, body(), Map.of());
        }

        private @org.jspecify.annotations.Nullable String body() {
            return Set.of(HttpMethod.POST, HttpMethod.PATCH).contains(method) ? "{}" : null;
        }
    }

    private final RunningSystem system;
    private final Guest guest;
    private final Tokens tokens;
    private final ForgedTokens forger;

    ForgedTokensIT(Form form, Systems systems) throws GeneralSecurityException {
        system = systems.get(form);
        guest = Guest.of(system);
        tokens = guest.tokens();
        forger = new ForgedTokens(tokens.access(), system.signingKey());
    }

    @Test
    void areRefusedOnEveryProtectedRouteOfEveryDoor() throws Exception {
        system.client().with("Bearer", forger.signedAgain()).get("user/").expect(200);
        Map<String, String> forged = forger.all(system.client().get("auth/jwks").body());
        forged.put("a refresh token", tokens.refresh());
        forged.put("nothing", "");
        for (Place place : places()) {
            forged.forEach((what, token) -> assertThat(place.with(token).status())
                    .as(what + " at " + place)
                    .isEqualTo(401));
            // the server closes the connection while the rest is still on its way, so the answer can be lost
            await().atMost(Duration.ofSeconds(60))
                    .ignoreException(UncheckedIOException.class)
                    .untilAsserted(
                            () -> assertThat(place.with("x".repeat(100_000)).status())
                                    .as("100 KB at " + place)
                                    .isBetween(400, 431));
        }
        assertThat(guest.profile().text("email")).isEqualTo(guest.person().email());
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "at+jwt"})
    void bothTypesAreAcceptedAtEveryDoor(String type) throws Exception {
        String token = forger.ofType(type);
        for (Place place : places()) {
            if (place.method().equals(HttpMethod.GET)) {
                assertThat(place.with(token).status()).as(place.toString()).isEqualTo(200);
            }
        }
    }

    @Test
    void anAccessTokenRefreshesNothing() {
        system.client()
                .post("auth/token/refresh", "{\"refresh\":\"" + tokens.access() + "\"}")
                .expect(401);
    }

    /** Each protected route at each door that answers it. */
    private List<Place> places() {
        List<Place> places = system.doors().stream()
                .flatMap(door -> Route.ALL.stream()
                        .filter(route -> !route.open())
                        .flatMap(route ->
                                route.methods().stream().map(method -> new Place(client(door), method, route.path()))))
                .filter(place -> place.door()
                                .send(place.method().name(), place.path(), place.body(), Map.of())
                                .status()
                        == 401)
                .toList();
        Set<String> reached = places.stream().map(Place::path).collect(Collectors.toSet());
        assertThat(reached)
                .containsAll(Route.ALL.stream()
                        .filter(route -> !route.open())
                        .map(Route::path)
                        .toList());
        return places;
    }

    private static Client client(URI door) {
        return Client.of(door.resolve("/users/"));
    }
}
