/**
 * {@code auth/registration/}: a person becomes a user.
 *
 * <p>It uses {@code aggregate}, {@code user}, {@code credentials}, {@code form}, {@code idempotency} and {@code
 * throttle}.
 */
@NullMarked
package app.users.command.registration;

import org.jspecify.annotations.NullMarked;
