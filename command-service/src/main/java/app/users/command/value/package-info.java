/**
 * Values that check and normalise themselves: what a client sends becomes one form, which is stored and compared.
 *
 * <p>It uses nothing of this service and knows no Spring.
 */
@NullMarked
package app.users.command.value;

import org.jspecify.annotations.NullMarked;
