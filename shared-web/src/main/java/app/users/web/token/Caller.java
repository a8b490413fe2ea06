package app.users.web.token;

import java.time.Instant;

/** The caller according to the verified access token; an argument of controllers. */
public record Caller(long user, String session, long epoch, long version, Instant expires) {}
