package app.users.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.web.route.Route;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The description of the API that is served, and the table in docs/calls.md, are what the code says. */
class OpenApiTest {

    private static final String WRITE = "./mvnw test -pl standalone -am -Dtest=OpenApiTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true";
    private static final Path DOCUMENT = Path.of("../command-service/src/main/resources/docs/openapi.json");
    private static final Path CALLS = Path.of("../docs/calls.md");

    /** The files of pages, and other addresses of what is described. */
    private static final Set<String> UNDESCRIBED = Set.of(
            "/",
            "/users/pages/{file}",
            "/users/docs/{file}",
            "/users/.well-known/oauth-authorization-server",
            "/.well-known/openid-configuration/users");

    private static ObjectNode document;

    @BeforeAll
    static void describe() throws IOException {
        try (InputStream frame = resource("/openapi-frame.yaml")) {
            document = new ApiDescription((ObjectNode) new YAMLMapper().readTree(frame), ApiSource.read()).complete();
        }
    }

    @Test
    void documentIsWhatTheCodeSays() throws IOException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        String text = new JsonMapper()
                        .writer()
                        .with(new DefaultPrettyPrinter()
                                .withObjectIndenter(lines)
                                .withArrayIndenter(lines))
                        .writeValueAsString(document)
                + "\n";
        assertIs(DOCUMENT, text);
    }

    @Test
    void readmesTableIsWhatTheCodeSays() throws IOException {
        assertIs(CALLS, CallsTable.into(Files.readString(CALLS), document));
    }

    @Test
    void everyRouteIsDescribed() {
        assertThat(Route.ALL)
                .filteredOn(route -> !UNDESCRIBED.contains(route.path()))
                .allSatisfy(route -> assertThat(route.methods())
                        .filteredOn(method -> method != HttpMethod.HEAD)
                        .allSatisfy(method -> assertThat(
                                        operation(route, method).path("summary").asString(""))
                                .as("%s %s", method, route.path())
                                .isNotBlank()));
    }

    /** The API page would send it without being asked. */
    @Test
    void noHeaderIsPrefilled() {
        assertThat(document.findParents("in"))
                .filteredOn(parameter -> parameter.path("in").asString("").equals("header"))
                .isNotEmpty()
                .allSatisfy(header -> assertThat(header.toString()).doesNotContain("\"example", "\"default\""));
    }

    @Test
    void documentIsValidOpenApi() throws IOException {
        try (InputStream schema = resource("/openapi-3.1-schema.json")) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(schema, InputFormat.JSON)
                            .validate(document))
                    .isEmpty();
        }
    }

    private static JsonNode operation(Route route, HttpMethod method) {
        return document.path("paths").path(route.path()).path(method.name().toLowerCase(Locale.ROOT));
    }

    private static void assertIs(Path file, String text) throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("%s is not what the code says; look at the difference and rewrite it with%n%s%n", file, WRITE)
                .hasContent(text);
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(OpenApiTest.class.getResourceAsStream(name));
    }
}
