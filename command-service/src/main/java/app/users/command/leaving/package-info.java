/**
 * {@code DELETE user/}: a user leaves and gets a receipt of what was erased.
 *
 * It uses {@code aggregate}, {@code user} and what all requests share.
 */
@NullMarked
package app.users.command.leaving;

import org.jspecify.annotations.NullMarked;
