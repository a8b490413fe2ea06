/**
 * {@code auth/token/} and {@code auth/sessions/}: sign in, refresh, sign out, and the keys that access tokens are
 * checked with.
 *
 * <p>It uses {@code user}, {@code value}, {@code credentials}, {@code keys}, {@code security}, {@code form} and
 * {@code throttle}.
 */
@NullMarked
package app.users.command.signin;

import org.jspecify.annotations.NullMarked;
