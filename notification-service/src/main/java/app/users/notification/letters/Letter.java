package app.users.notification.letters;

import org.jspecify.annotations.Nullable;

/** What a person reads; a text message has no subject. */
public record Letter(String subject, String text, @Nullable String html) {}
