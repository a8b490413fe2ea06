/**
 * {@code auth/token/} and {@code auth/sessions/}: sign in, refresh, sign out, and the keys that access tokens are checked with.
 *
 * It uses {@code credentials}, {@code keys}, {@code security}, {@code throttle}, the commands of {@code user} and what all
 * requests share.
 */
@NullMarked
package app.users.command.signin;

import org.jspecify.annotations.NullMarked;
