/**
 * The user as Axon runs it: loads the state, takes claims and counts in the transaction of the command, applies what was decided.
 * Every 500 events a snapshot of the state is stored.
 *
 * <p>It uses {@code user}, {@code credentials}, {@code keys}, {@code idempotency} and {@code throttle}. Features send commands to it by {@link
 * app.users.command.aggregate.Commands}.
 */
@NullMarked
package app.users.command.aggregate;

import org.jspecify.annotations.NullMarked;
