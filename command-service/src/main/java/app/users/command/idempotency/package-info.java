/** Lets a client repeat a write without doing it twice: the first answer is kept with the change and given again. */
@NullMarked
package app.users.command.idempotency;

import org.jspecify.annotations.NullMarked;
