/**
 * {@code auth/registration/}: a person becomes a user.
 *
 * It uses {@code aggregate}, {@code user}, {@code credentials} and what all requests share.
 */
@NullMarked
package app.users.command.registration;

import org.jspecify.annotations.NullMarked;
