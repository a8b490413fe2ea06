/**
 * {@code auth/password/}: a person who forgot the password sets a new one with a code.
 *
 * It uses {@code aggregate}, {@code user}, {@code credentials} and what all requests share.
 */
@NullMarked
package app.users.command.password;

import org.jspecify.annotations.NullMarked;
