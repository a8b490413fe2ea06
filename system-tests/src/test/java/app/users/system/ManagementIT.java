package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint on every management port, as the port itself lists them: health and metrics can be read, everything else
 * needs the token, a known host, no browser and JSON.
 */
@EachForm
class ManagementIT {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** Not JSON: it reaches the endpoint and is refused there. */
    private static final String BROKEN = "{";

    private final RunningSystem system;
    private final String token;

    /** @param path as listed, its placeholders filled in */
    private record Endpoint(URI management, String path) {

        boolean isOpen() {
            return path.matches("/actuator|/actuator/(health|metrics)(/.*)?");
        }

        boolean mayCall(String method) {
            return isOpen() && !WRITES.contains(method);
        }
    }

    ManagementIT(Form form, Systems systems) {
        system = systems.get(form);
        token = system.managementToken();
    }

    @Test
    void listsTheEndpointsOfEachProcess() {
        assertThat(endpoints())
                .extracting(Endpoint::path)
                .contains(
                        "/actuator",
                        "/actuator/health",
                        "/actuator/metrics",
                        "/actuator/replay",
                        "/actuator/erase",
                        "/actuator/views",
                        "/actuator/views/1",
                        "/actuator/parked",
                        "/actuator/parked/1");
    }

    @Test
    void healthAndMetricsAreReadWithoutAToken() throws IOException {
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.isOpen()) {
                assertThat(call(endpoint, "GET", Map.of("Host", "anything.example"), "")
                                .status())
                        .as(endpoint.toString())
                        // placeholders name no metric
                        .isEqualTo(endpoint.path().endsWith("/1") ? 404 : 200);
            }
        }
    }

    @Test
    void nothingElseAnswersWithoutTheToken() throws IOException {
        refuses(Map.of("Authorization", ""), 401);
    }

    @Test
    void nothingElseAnswersWithAnotherToken() throws IOException {
        refuses(Map.of("Authorization", "Bearer " + token.replaceFirst("^....", "AAAA")), 401);
        refuses(Map.of("Authorization", "Token " + token), 401);
    }

    @Test
    void nothingElseAnswersUnderAForeignHost() throws IOException {
        refuses(Map.of("Host", "evil.example"), 421);
    }

    @Test
    void nothingElseAnswersToAWebPage() throws IOException {
        refuses(Map.of("Origin", "https://evil.example"), 403);
        refuses(Map.of("Sec-Fetch-Site", "cross-site"), 403);
    }

    @Test
    void operationsTakeNothingButJson() throws IOException {
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
            String before = state();
            for (Endpoint endpoint : endpoints()) {
                for (String method : WRITES) {
                    assertThat(call(endpoint, method, Map.of("Content-Type", type), "{}")
                                    .status())
                            .as(method + " " + endpoint)
                            .isEqualTo(415);
                }
            }
            assertThat(state()).isEqualTo(before);
        }
    }

    @Test
    void anOperatorReachesEachEndpoint() throws IOException {
        for (Endpoint endpoint : endpoints()) {
            assertThat(call(endpoint, "GET", Map.of(), "").status())
                    .as("GET " + endpoint)
                    .isIn(200, 404, 405);
            assertThat(call(endpoint, "POST", Map.of(), BROKEN).status())
                    .as("POST " + endpoint)
                    .isIn(400, 405);
        }
    }

    @Test
    void noOtherEndpointIsThere() throws IOException {
        for (URI management : system.managements()) {
            for (String other : List.of("env", "heapdump", "threaddump", "loggers", "beans", "shutdown", "gateway")) {
                assertThat(call(new Endpoint(management, "/actuator/" + other), "GET", Map.of(), "")
                                .status())
                        .as(other + " at " + management)
                        .isEqualTo(404);
            }
        }
    }

    private void refuses(Map<String, String> headers, int status) throws IOException {
        String before = state();
        for (Endpoint endpoint : endpoints()) {
            for (String method : METHODS) {
                if (!endpoint.mayCall(method)) {
                    String body = WRITES.contains(method) ? "{}" : "";
                    Answer answer = call(endpoint, method, headers, body);
                    assertThat(answer.status()).as(method + " " + endpoint).isEqualTo(status);
                    if (!method.equals("HEAD")) {
                        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                        assertThat(answer.json().required("status").intValue()).isEqualTo(status);
                    }
                }
            }
        }
        assertThat(state()).isEqualTo(before);
    }

    /** What an operation would change, without what moves by itself. */
    private String state() throws IOException {
        List<String> state = new ArrayList<>();
        for (Endpoint endpoint : endpoints()) {
            if (!endpoint.isOpen() && !endpoint.path().endsWith("/1")) {
                Answer answer = call(endpoint, "GET", Map.of(), "");
                state.add(endpoint + " " + answer.status() + " " + answer.body().replaceAll("\\d+", "n"));
            }
        }
        assertThat(state).isNotEmpty();
        return String.join("\n", state);
    }

    private List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (URI management : system.managements()) {
            URI list = management.resolve("../actuator");
            Client.of(management)
                    .get(list.toString())
                    .expect(200)
                    .json()
                    .required("_links")
                    .forEach(link -> endpoints.add(
                            new Endpoint(management, path(link.required("href").stringValue()))));
        }
        return endpoints;
    }

    private static String path(String href) {
        return href.replaceFirst("http://[^/]+", "").replaceAll("\\{[^}]*}", "1");
    }

    /** As an operator would, but for these headers; an empty one is left out. */
    private Answer call(Endpoint endpoint, String method, Map<String, String> headers, String body) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", "localhost:" + endpoint.management().getPort());
        all.put("Authorization", "Bearer " + token);
        if (!body.isEmpty()) {
            all.put("Content-Type", "application/json");
            all.put("Content-Length", Integer.toString(body.length()));
        }
        all.put("Connection", "close");
        all.putAll(headers);
        StringBuilder request = new StringBuilder(method + " " + endpoint.path() + " HTTP/1.1\r\n");
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.append(name).append(": ").append(value).append("\r\n");
            }
        });
        request.append("\r\n").append(body);
        return new Wire(endpoint.management()).send(request.toString().getBytes(StandardCharsets.UTF_8));
    }
}
