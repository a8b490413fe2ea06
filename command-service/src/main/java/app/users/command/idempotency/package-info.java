/**
 * Lets a client repeat a write without doing it twice: the first answer is kept with the change and given again.
 *
 * <p>It uses {@code keys} to encrypt answers and {@code credentials} to check the session before an answer is given again.
 */
@NullMarked
package app.users.command.idempotency;

import org.jspecify.annotations.NullMarked;
