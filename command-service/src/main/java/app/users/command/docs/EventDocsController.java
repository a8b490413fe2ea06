package app.users.command.docs;

import app.users.web.openapi.Answers;
import app.users.web.openapi.Refuses;
import app.users.web.page.Asset;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET asyncapi} and {@code GET events/schemas/}: what the topics hold, for whoever subscribes to them. */
@RestController
@Tag(name = "About")
class EventDocsController {

    record Entry(
            @Schema(example = "user.registered.v1") String name,

            @Schema(example = "/users/events/schemas/user.registered.v1")
            String schema) {}

    private static final String FOLDER = "/events/schemas/";

    private final Asset asyncapi = Asset.read("/events/asyncapi.json", MediaType.APPLICATION_JSON);
    private final Map<String, Asset> schemas = readSchemas();

    @GetMapping(path = "/users/asyncapi", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "asyncapi", summary = "The topics that services subscribe to")
    @Answers(value = "The topics and their events as AsyncAPI 3.", headers = "ETag")
    ResponseEntity<byte[]> asyncapi() {
        return asyncapi.answer();
    }

    @GetMapping(path = "/users/events/schemas", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "eventSchemas", summary = "The events there are")
    @Answers("The name of each event in each version of its shape, and where its schema is.")
    List<Entry> schemas() {
        return schemas.keySet().stream()
                .map(name -> new Entry(name, "/users" + FOLDER + name))
                .toList();
    }

    @GetMapping(path = "/users/events/schemas/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "eventSchema", summary = "The schema of an event")
    @Answers(value = "A JSON Schema (2020-12).", headers = "ETag")
    @Refuses(status = 404, problems = "not-found")
    ResponseEntity<byte[]> schema(@PathVariable @Schema(example = "user.registered.v1") String name) {
        Asset schema = schemas.get(name);
        if (schema == null) {
            throw Rejected.of(Reason.NOT_FOUND, "not-found");
        }
        // without a name of ours the framework would call it f.txt: ".v1" looks like an unknown kind of file
        return schema.with(ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"%s.json\"".formatted(name)));
    }

    private static Map<String, Asset> readSchemas() {
        try {
            return Stream.of(new PathMatchingResourcePatternResolver().getResources("classpath*:" + FOLDER + "*.json"))
                    .map(Resource::getFilename)
                    .map(Objects::requireNonNull)
                    .collect(Collectors.toMap(
                            file -> file.replace(".json", ""),
                            file -> Asset.read(FOLDER + file, MediaType.APPLICATION_JSON),
                            (a, b) -> a,
                            TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
