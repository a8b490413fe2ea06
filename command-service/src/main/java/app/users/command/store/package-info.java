/**
 * The event store: Axon's JDBC engine on jsonb, with personal fields encrypted under the key of their user.
 *
 * <p>It uses {@code keys}, and of {@code user} who a command comes from.
 */
@NullMarked
package app.users.command.store;

import org.jspecify.annotations.NullMarked;
