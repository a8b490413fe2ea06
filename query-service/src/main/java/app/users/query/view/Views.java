package app.users.query.view;

/**
 * Everything that reads are answered from.
 *
 * @param arrivals tells when a view of {@code users} moved
 */
public record Views(UserViews users, LastMails mails, Arrivals arrivals) {}
