package app.users.command.signin;

import app.users.command.form.Form;
import app.users.command.signin.AccessTokenIssuer.AccessToken;
import app.users.command.signin.Refreshes.Refresh;
import app.users.command.signin.Sessions.Grant;
import app.users.command.throttle.Door;
import app.users.command.throttle.Throttled;
import app.users.command.user.UserCommand.EndSession;
import app.users.command.value.Identifier;
import app.users.events.UserEvent.SessionEnded;
import app.users.web.openapi.Answers;
import app.users.web.openapi.Refuses;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Sign in, refresh, and the keys that others check access tokens with. */
@RestController
@RequestMapping(path = "/users/auth", produces = "application/json")
@Tag(name = "Sign-in")
class TokenController {

    record Tokens(
            @Schema(description = "Good for one refresh.") String refresh,

            @Schema(description = "The access token, a JWT.")
            String access,

            @Schema(description = "The second at which `access` expires, Unix time.", example = "1767225600")
            @JsonProperty("expired_at")
            long expiredAt,

            @Schema(description = "The seconds until then.", example = "600") @JsonProperty("expires_in")
            long expiresIn) {}

    private final SignIn signIn;
    private final Refreshes refreshes;
    private final AccessTokenIssuer accessTokens;
    private final JWKSource<SecurityContext> keys;
    private final CommandGateway commands;
    private final Clock clock;

    TokenController(
            SignIn signIn,
            Refreshes refreshes,
            AccessTokenIssuer accessTokens,
            JWKSource<SecurityContext> keys,
            CommandGateway commands,
            Clock clock) {
        this.signIn = signIn;
        this.refreshes = refreshes;
        this.accessTokens = accessTokens;
        this.keys = keys;
        this.commands = commands;
        this.clock = clock;
    }

    @Throttled(Door.TOKEN)
    @PostMapping(path = "/token", consumes = "application/json")
    @Operation(operationId = "signIn", summary = "Sign in", description = "By email or by number, one of the two.")
    @Answers("An access token and a refresh token.")
    @Refuses(
            status = 400,
            problems = {"invalid-fields", "one-identifier"})
    @Refuses(status = 401, problems = "bad-credentials")
    @Refuses(status = 429, problems = "throttled")
    Tokens token(@RequestBody @Schema(implementation = SignInBody.class) JsonNode body, HttpServletRequest request) {
        Form form = Form.of(body, "email", "number", "password");
        String email = form.text("email");
        String number = form.text("number");
        String password = form.requiredText("password");
        form.check();
        if ((email == null) == (number == null)) {
            throw Rejected.of(Reason.INVALID, "one-identifier");
        }
        Client client = Client.of(request);
        // no user has a text that is no email or number: the answer is the one for a wrong password
        Identifier identifier =
                email != null ? Identifier.ofEmail(email) : Identifier.ofTypedNumber(number == null ? "" : number);
        return tokens(signIn.with(identifier, password, client));
    }

    @Throttled(Door.REFRESH)
    @PostMapping(path = "/token/refresh", consumes = "application/json")
    @Operation(
            summary = "Renew the access token",
            description =
                    "A refresh token is good once. If the answer was lost, repeat the request: as long as the next token is"
                            + " unused, for up to `users.token.refresh-grace`, a next token is answered again. A repeat"
                            + " within 10 seconds gets the same next token; a later one gets another and makes the first"
                            + " void. A token that is used or void ends the session.")
    @Answers("A new access token and the next refresh token.")
    @Refuses(status = 400, problems = "invalid-fields")
    @Refuses(status = 401, problems = "bad-refresh")
    Tokens refresh(@RequestBody @Schema(implementation = RefreshBody.class) JsonNode body) {
        Form form = Form.of(body, "refresh");
        String refresh = form.requiredText("refresh");
        form.check();
        return switch (refreshes.refresh(refresh)) {
            case Refresh.Granted granted -> tokens(granted.grant());
            case Refresh.Reused(long user, UUID session) -> {
                commands.sendAndWait(
                        new EndSession(Long.toString(user), session.toString(), SessionEnded.Reason.REUSED));
                throw Rejected.of(Reason.UNAUTHENTICATED, "bad-refresh");
            }
            case Refresh.Invalid _ -> throw Rejected.of(Reason.UNAUTHENTICATED, "bad-refresh");
        };
    }

    @GetMapping("/jwks")
    @Operation(
            operationId = "keys",
            summary = "The keys that access tokens are checked with",
            description = "A JWK Set (RFC 7517).")
    @Answers("The public keys.")
    ResponseEntity<Map<String, Object>> jwks() throws KeySourceException {
        List<JWK> all = keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic())
                .body(new JWKSet(all).toPublicJWKSet().toJSONObject());
    }

    private Tokens tokens(Grant grant) {
        AccessToken access = accessTokens.issue(grant);
        long expires = access.expires().getEpochSecond();
        return new Tokens(
                grant.refresh(),
                access.value(),
                expires,
                expires - clock.instant().getEpochSecond());
    }
}
