/**
 * The user as pure functions: commands, the state that is folded from events, and the decisions that lead from one to the other.
 *
 * <p>It uses {@code value} and the events. It knows no Spring, no SQL and no HTTP, so every rule is tested with plain values.
 */
@NullMarked
package app.users.command.user;

import org.jspecify.annotations.NullMarked;
