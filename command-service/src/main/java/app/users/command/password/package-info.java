/**
 * {@code auth/password/}: a person who forgot the password sets a new one with a code.
 *
 * <p>It uses {@code aggregate}, {@code user}, {@code value}, {@code credentials}, {@code security}, {@code form} and {@code throttle}.
 */
@NullMarked
package app.users.command.password;

import org.jspecify.annotations.NullMarked;
