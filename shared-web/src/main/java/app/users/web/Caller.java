package app.users.web;

import java.time.Instant;

/** Who calls, as the checked access token says; controllers take it as an argument. */
public record Caller(long user, String session, long epoch, long version, Instant expires) {}
