/**
 * What happens at sign-in, for those who watch over it: an outbox in PostgreSQL, relayed to the topic {@code users.security}.
 *
 * <p>It uses the sender of {@code relay}.
 */
@NullMarked
package app.users.command.security;

import org.jspecify.annotations.NullMarked;
