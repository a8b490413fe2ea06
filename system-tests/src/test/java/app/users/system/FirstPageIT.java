package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A browser and a script find their way from the address that is printed. */
@EachForm
class FirstPageIT {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final Pattern READY = Pattern.compile("Ready: (\\S+)");
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

    private final RunningSystem system;
    private final Client stranger;

    FirstPageIT(Form form, Systems systems) {
        system = systems.get(form);
        stranger = system.client();
    }

    @Test
    void theAddressThatIsPrintedAnswersABrowser() throws IOException, InterruptedException {
        Assumptions.assumeTrue(system instanceof StandaloneSystem, "services of their own print no address");
        String printed = READY.matcher(system.printed())
                .results()
                .map((MatchResult ready) -> ready.group(1))
                .findFirst()
                .orElseThrow();
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<String> page = browser.send(
                    HttpRequest.newBuilder(URI.create(printed))
                            .header("Accept", BROWSER)
                            .build(),
                    BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<h1>Users</h1>");
        }
    }

    @Test
    void everyLinkOfThePageLeadsSomewhere() throws IOException, InterruptedException {
        for (String path : List.of("/", "/users", "/users/")) {
            Answer page =
                    stranger.send("GET", path, null, Map.of("Accept", BROWSER)).expect(200);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            List<String> links = LINK.matcher(page.body())
                    .results()
                    .map((MatchResult link) -> link.group(1))
                    .distinct()
                    .toList();
            assertThat(links)
                    .contains("/users/docs", "/users/openapi", "/users/asyncapi", "/users/events/schemas")
                    .contains("/users/auth/jwks", "/users/pages/users.css");
            try (HttpClient browser = HttpClient.newHttpClient()) {
                for (String link : links) {
                    HttpRequest visit =
                            HttpRequest.newBuilder(system.users().resolve(link)).build();
                    assertThat(browser.send(visit, BodyHandlers.discarding()).statusCode())
                            .as(link)
                            .isEqualTo(200);
                }
            }
        }
    }

    @Test
    void aScriptGetsTheSameAsJson() {
        JsonNode page = stranger.send("GET", "/", null, Map.of("Accept", "application/json"))
                .expect(200)
                .json();
        assertThat(page.at("/links/api").asString()).isEqualTo("/users/docs");
        assertThat(page.path("parts").propertyNames())
                .contains("database", "kafka", "views")
                .contains(
                        system instanceof StandaloneSystem
                                ? new String[] {"mails"}
                                : new String[] {"command-service", "query-service"});
        assertThat(page.path("parts"))
                .allSatisfy(state -> assertThat(state.asString()).isEqualTo("UP"));
        assertThat(page.path("links").has("mails")).isEqualTo(system instanceof StandaloneSystem);
    }
}
