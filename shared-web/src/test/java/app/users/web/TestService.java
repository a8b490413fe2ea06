package app.users.web;

import app.users.web.problem.FieldError;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import app.users.web.route.Owner;
import app.users.web.token.Caller;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** A service with the real HTTP layer and trivial controllers. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({WebConfiguration.class, TestService.Controller.class})
class TestService {

    /** How often something was done. */
    static final AtomicInteger CHANGES = new AtomicInteger();

    @Bean
    Owner commandOwner() {
        return Owner.COMMAND;
    }

    @Bean
    Owner queryOwner() {
        return Owner.QUERY;
    }

    @Bean
    JWKSource<SecurityContext> keys() {
        return new ImmutableJWKSet<>(TestTokens.publicKeys());
    }

    record Registration(
            @Nullable String name,
            @Nullable Boolean executor,
            @Nullable Integer number) {}

    static class Defect extends RuntimeException {
        Defect(String message, Throwable cause) {
            super(message, cause);
        }
    }

    @RestController
    static class Controller {

        @PostMapping(path = "/users/auth/registration", consumes = MediaType.APPLICATION_JSON_VALUE)
        Registration register(@RequestBody Registration registration) {
            CHANGES.incrementAndGet();
            return registration;
        }

        @PostMapping(path = "/users/auth/token", consumes = MediaType.APPLICATION_JSON_VALUE)
        JsonNode tree(@RequestBody JsonNode body) {
            return body;
        }

        @PostMapping("/users/auth/token/refresh")
        void fail(@RequestParam String how) {
            switch (how) {
                case "defect" -> throw new Defect("secret SQL", new IllegalStateException("secret"));
                case "outage" -> throw new DataAccessResourceFailureException("secret host");
                case "pool" -> throw new Defect("secret", new SQLTransientConnectionException("secret pool"));
                case "wrapped" -> throw new Defect("bus", Rejected.of(Reason.CONFLICT, "taken"));
                case "later" ->
                    throw Rejected.of(Reason.TOO_MANY_REQUESTS, "too-many-tries")
                            .retryAfter(Duration.ofMillis(1500));
                case "fields" ->
                    throw Rejected.of(Reason.INVALID, "invalid-fields")
                            .errors(List.of(
                                    new FieldError("name", "required"), new FieldError("surname", "too-long", 150)))
                            .member("success", Map.of());
                default -> {}
            }
        }

        @GetMapping(path = "/users/user", produces = MediaType.APPLICATION_JSON_VALUE)
        Caller read(Caller caller) {
            return caller;
        }

        @GetMapping("/users/user/executor")
        int list(@RequestParam(defaultValue = "100") int limit) {
            return limit;
        }

        @GetMapping("/users/openapi")
        ResponseEntity<Map<String, Object>> tagged() {
            return ResponseEntity.ok().eTag("\"1\"").body(Map.of());
        }

        @PatchMapping("/users/user")
        void change() {
            throw Rejected.of(Reason.UNAUTHENTICATED, "session-over");
        }

        @DeleteMapping("/users/user")
        void erase() {}

        @GetMapping("/users/auth/jwks")
        Map<String, Object> jwks() {
            return Map.of();
        }

        /** In no table: must stay unreachable. */
        @GetMapping("/users/hidden")
        String hidden() {
            return "hidden";
        }
    }
}
