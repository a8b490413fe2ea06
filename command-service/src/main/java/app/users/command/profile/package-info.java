/**
 * {@code PATCH user/}: a user changes the own profile or password.
 *
 * <p>It uses {@code aggregate}, {@code user}, {@code value}, {@code credentials}, {@code form} and {@code
 * idempotency}.
 */
@NullMarked
package app.users.command.profile;

import org.jspecify.annotations.NullMarked;
