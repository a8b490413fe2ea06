/**
 * {@code verify-email/}, {@code accept-email/} and the same for the number: a user shows control of the own addresses.
 *
 * It uses {@code aggregate}, {@code user} and what all requests share.
 */
@NullMarked
package app.users.command.confirmation;

import org.jspecify.annotations.NullMarked;
