package app.users.web.page;

import app.users.web.openapi.Answers;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import app.users.web.route.Owner;
import app.users.web.route.Route;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /} and {@code GET /users/}: where everything is, and how it is. Every process answers it for its own parts. */
@RestController
@Tag(name = "About")
class FirstPageController {

    private static final Map<String, Asset> FILES = Map.of(
            "users.css", Asset.read("/pages/users.css", MediaType.valueOf("text/css")),
            "users.svg", Asset.read("/pages/users.svg", MediaType.valueOf("image/svg+xml")));

    private final Map<String, String> links;
    private final Parts parts;

    FirstPageController(ObjectProvider<Owner> owners, PageProperties properties, ObjectProvider<Part> parts) {
        this.links = links(owners.stream().collect(Collectors.toSet()), properties);
        this.parts = new Parts(parts.orderedStream().toList());
    }

    @GetMapping(
            path = "/users",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_HTML_VALUE})
    @Operation(
            operationId = "firstPage",
            summary = "What this is, where everything is, and the state of the parts",
            description = "The same at `/`. A browser gets a page, other clients get JSON.")
    @Answers(value = "The first page.", headers = "Content-Security-Policy")
    ResponseEntity<FirstPage> page() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .varyBy(HttpHeaders.ACCEPT)
                .header("Content-Security-Policy", Asset.POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .body(FirstPage.of(links, parts.now()));
    }

    @Hidden
    @GetMapping(
            path = "/",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_HTML_VALUE})
    ResponseEntity<FirstPage> root() {
        return page();
    }

    @Hidden
    @GetMapping("/users/pages/{file}")
    ResponseEntity<byte[]> file(@PathVariable String file) {
        Asset asset = FILES.get(file);
        if (asset == null) {
            throw Rejected.of(Reason.NOT_FOUND, "not-found");
        }
        return asset.answer();
    }

    private static Map<String, String> links(Set<Owner> present, PageProperties properties) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("api", "/users/docs");
        all.put("openapi", "/users/openapi");
        all.put("asyncapi", "/users/asyncapi");
        all.put("schemas", "/users/events/schemas");
        all.put("keys", "/users/auth/jwks");
        Set<String> known = Route.ALL.stream()
                .filter(route -> present.contains(route.owner()))
                .map(Route::path)
                .collect(Collectors.toSet());
        all.values().retainAll(known);
        if (properties.mails() != null) {
            all.put("mails", properties.mails().toString());
        }
        return all;
    }
}
