package app.users.events;

/** A text field before and after. */
public record Change(String from, String to) {}
