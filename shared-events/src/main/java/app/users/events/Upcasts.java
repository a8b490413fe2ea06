package app.users.events;

import java.util.List;

/** Every version of an event that there was, and how it becomes the next one. What is stored once is read for ever. */
final class Upcasts {

    static final List<Upcast> ALL = List.of(
            // v1 did not say why, and told of sign-outs and of reused refresh tokens alike
            new Upcast("user.session-ended.v1", "user.session-ended.v2", session -> session.put("reason", "unknown")));

    private Upcasts() {}
}
