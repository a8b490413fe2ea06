/**
 * {@code DELETE user/}: a user leaves and gets a receipt of what was erased. An operator can erase a user who cannot sign in.
 * Users whom nobody ever used are erased after a time.
 *
 * <p>It uses {@code aggregate}, {@code user}, {@code value}, {@code form} and {@code idempotency}.
 */
@NullMarked
package app.users.command.leaving;

import org.jspecify.annotations.NullMarked;
