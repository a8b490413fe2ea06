package app.users.command.signin;

import app.users.command.credentials.LiveSessions;
import app.users.command.form.Form;
import app.users.command.throttle.Door;
import app.users.command.throttle.Throttled;
import app.users.command.user.UserCommand.EndAllSessions;
import app.users.command.user.UserCommand.EndSession;
import app.users.command.user.UserCommand.SignOut;
import app.users.events.UserEvent.SessionEnded;
import app.users.web.http.UsersHeaders;
import app.users.web.openapi.Answers;
import app.users.web.openapi.Refuses;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import app.users.web.token.Caller;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code auth/sessions/}, {@code auth/token/revoke} and {@code auth/token/revoke-all}: see where one is signed in, and sign out. */
@RestController
@RequestMapping(path = "/users/auth", produces = "application/json")
@Tag(name = "Sign-in")
class SessionController {

    record Detail(@Schema(example = "Signed out") String detail) {}

    @Schema(name = "Session")
    record Entry(
            UUID session,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("used_at") Instant usedAt,

            @Schema(description = "The network address it was signed in from.")
            String address,

            @Schema(description = "What the client called itself.")
            String client,

            @Schema(description = "Whether it is the one that asks.")
            boolean current) {}

    private static final Detail SIGNED_OUT = new Detail("Signed out");

    private final Sessions sessions;
    private final LiveSessions live;
    private final SessionList list;
    private final CommandGateway commands;

    SessionController(Sessions sessions, LiveSessions live, SessionList list, CommandGateway commands) {
        this.sessions = sessions;
        this.live = live;
        this.list = list;
        this.commands = commands;
    }

    @GetMapping("/sessions")
    @Operation(
            operationId = "sessions",
            summary = "Where one is signed in",
            description = "At most 100, the newest first.")
    @Answers("The sessions.")
    List<Entry> list(Caller caller) {
        return list.of(caller.user()).stream()
                .map(s -> new Entry(
                        s.id(),
                        s.createdAt(),
                        s.usedAt(),
                        s.client().address(),
                        s.client().agent(),
                        s.id().toString().equals(caller.session())))
                .toList();
    }

    /**
     * Without a body the caller's own session; otherwise the named one, or that of a refresh token, if it is the caller's. A
     * refresh token needs no caller: holding it is proof enough to end its session (RFC 7009).
     */
    @Throttled(Door.REFRESH)
    @PostMapping("/token/revoke")
    @Operation(
            summary = "Sign out",
            description =
                    "Without a body the session of the caller; otherwise the one that is named, or the one that the"
                            + " refresh token belongs to. With `refresh`, the access token can be absent. If the refresh"
                            + " token belongs to no session, the answer is 200 too.")
    @Answers(value = "It has ended.", headers = "Users-Version?")
    @Refuses(status = 400, problems = "invalid-fields")
    @Refuses(status = 404, problems = "not-found")
    ResponseEntity<Detail> revoke(
            @Nullable Caller caller,
            @RequestBody(required = false) @Schema(implementation = RevokeBody.class) @Nullable JsonNode body) {
        if (caller == null) {
            return signOut(body);
        }
        String session = body == null ? caller.session() : named(caller, body);
        if (session == null) {
            return ResponseEntity.ok(SIGNED_OUT);
        }
        SessionEnded.Reason reason =
                session.equals(caller.session()) ? SessionEnded.Reason.SIGNED_OUT : SessionEnded.Reason.REVOKED;
        return signedOut(commands.<Long>sendAndWait(new EndSession(Long.toString(caller.user()), session, reason)));
    }

    private ResponseEntity<Detail> signOut(@Nullable JsonNode body) {
        if (body == null || !body.has("refresh")) {
            throw Rejected.of(Reason.UNAUTHENTICATED, "no-token");
        }
        Form form = Form.of(body, "refresh");
        String refresh = form.requiredText("refresh");
        form.check();
        return sessions.sessionOf(refresh)
                .map(owned -> signedOut(commands.<Long>sendAndWait(
                        new SignOut(Long.toString(owned.user()), owned.session().toString()))))
                .orElseGet(() -> ResponseEntity.ok(SIGNED_OUT));
    }

    /** Null for a refresh token that is worth nothing (any more): there is nothing left to revoke (RFC 7009). */
    private @Nullable String named(Caller caller, JsonNode body) {
        Form form = Form.of(body, "session", "refresh");
        String session = form.text("session");
        String refresh = form.text("refresh");
        if (session != null && !isSession(session)) {
            form.refuse("session", "not-a-session");
        }
        for (String name : List.of("session", "refresh")) {
            if (body.path(name).isNull()) {
                // not the same as an absent one, which would end the caller's own session
                form.refuse(name, "null");
            }
        }
        form.check();
        if (refresh != null) {
            return sessions.sessionOf(refresh)
                    .filter(owned -> owned.user() == caller.user())
                    .map(owned -> owned.session().toString())
                    .orElse(null);
        }
        if (session == null) {
            return caller.session();
        }
        if (!live.has(session, caller.user())) {
            throw Rejected.of(Reason.NOT_FOUND, "not-found");
        }
        return session;
    }

    @PostMapping("/token/revoke-all")
    @Operation(summary = "Sign out everywhere", description = "Every session ends, the one of the caller too.")
    @Answers(value = "They have ended.", headers = "Users-Version")
    ResponseEntity<Detail> revokeAll(Caller caller) {
        return signedOut(commands.<Long>sendAndWait(new EndAllSessions(Long.toString(caller.user()))));
    }

    private static ResponseEntity<Detail> signedOut(long version) {
        return ResponseEntity.ok()
                .header(UsersHeaders.VERSION, Long.toString(version))
                .body(SIGNED_OUT);
    }

    private static boolean isSession(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }
}
