package app.users.notification;

import org.jspecify.annotations.Nullable;

/** What a person reads; a text message has no subject. */
record Letter(String subject, String text, @Nullable String html) {}
