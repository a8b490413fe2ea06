/**
 * {@code DELETE user/}: a user leaves and gets a receipt of what was erased. Users whom nobody ever used are erased after a time.
 *
 * <p>It uses {@code aggregate}, {@code user}, {@code form} and {@code idempotency}.
 */
@NullMarked
package app.users.command.leaving;

import org.jspecify.annotations.NullMarked;
