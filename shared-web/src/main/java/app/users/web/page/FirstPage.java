package app.users.web.page;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** What the first page says, for people and for programs. */
public record FirstPage(
        @Schema(example = "Users") String name,
        String about,

        @Schema(
                description = "The address of each thing that this process knows, by its name.",
                example = "{\"api\":\"/users/docs\",\"openapi\":\"/users/openapi\"}")
        Map<String, String> links,

        @Schema(description = "The documents in the repository.")
        List<Document> documents,

        @Schema(description = "The state of each part, at most 5 seconds old.", example = "{\"database\":\"UP\"}")
        Map<String, PartState> parts) {

    /** @param file its path in the repository */
    @Schema(name = "Document")
    public record Document(
            @Schema(example = "docs/api.md") String file,
            @Schema(example = "each call, with examples") String about) {}

    static final List<Document> DOCUMENTS = List.of(
            new Document("README.md", "how to start, and the main steps as commands"),
            new Document("docs/api.md", "each call, with examples"),
            new Document("docs/check-tokens.md", "check access tokens in another service"),
            new Document("docs/subscribe/README.md", "subscribe to events"),
            new Document("docs/architecture.md", "how the parts work together, and what happens when one fails"),
            new Document("docs/configuration.md", "each setting"),
            new Document("docs/containers.md", "run the system with Docker"),
            new Document("docs/proxies.md", "run behind a TLS proxy"),
            new Document("docs/mails.md", "mails and text messages"),
            new Document("docs/operations.md", "health, metrics, replay and rebuild"),
            new Document("docs/security.md", "each protection, and the test that shows it"),
            new Document("docs/performance.md", "measurements"));

    static FirstPage of(Map<String, String> links, Map<String, PartState> parts) {
        return new FirstPage(
                "Users",
                "People register, sign in, read and change their profile and confirm their email and number. Every"
                        + " change is an event.",
                links,
                DOCUMENTS,
                parts);
    }
}
