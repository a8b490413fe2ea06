/**
 * {@code PATCH user/}: a user changes the own profile or password.
 *
 * It uses {@code aggregate}, {@code user}, {@code credentials} and what all requests share.
 */
@NullMarked
package app.users.command.profile;

import org.jspecify.annotations.NullMarked;
