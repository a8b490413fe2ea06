package app.users.command.docs;

import app.users.web.openapi.Answers;
import app.users.web.page.Asset;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET openapi} and {@code GET docs}: what the API is, for programs and for people. */
@RestController
@Tag(name = "About")
class DocsController {

    private static final MediaType SCRIPT = MediaType.valueOf("text/javascript");
    private static final MediaType STYLE = MediaType.valueOf("text/css");
    private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/*/";

    /** What the page needs, and nothing else that the library brings. */
    private static final Map<String, MediaType> FILES =
            Map.of("docs.js", SCRIPT, "swagger-ui-bundle.js", SCRIPT, "swagger-ui.css", STYLE);

    private final Map<String, Asset> read = new ConcurrentHashMap<>();

    @GetMapping(path = "/users/openapi", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "openapi", summary = "This document")
    @Answers(value = "The API as OpenAPI 3.1.", headers = "ETag")
    ResponseEntity<byte[]> openapi() {
        return asset("/docs/openapi.json", MediaType.APPLICATION_JSON).answer();
    }

    @GetMapping(path = "/users/docs", produces = MediaType.TEXT_HTML_VALUE)
    @Operation(operationId = "docs", summary = "This document as a page")
    @Answers(
            value = "A page that shows the API and can call it.",
            headers = {"ETag", "Content-Security-Policy"})
    ResponseEntity<byte[]> docs() {
        return asset("/docs/docs.html", MediaType.TEXT_HTML)
                .with(ResponseEntity.ok().header("Content-Security-Policy", Asset.POLICY));
    }

    @Hidden
    @GetMapping("/users/docs/{file}")
    ResponseEntity<byte[]> file(@PathVariable String file) {
        MediaType type = FILES.get(file);
        if (type == null) {
            throw Rejected.of(Reason.NOT_FOUND, "not-found");
        }
        return asset((file.equals("docs.js") ? "/docs/" : WEBJAR) + file, type).answer();
    }

    private Asset asset(String pattern, MediaType type) {
        return read.computeIfAbsent(pattern, p -> Asset.read(p, type));
    }
}
