/**
 * {@code verify-email/}, {@code accept-email/} and the same for the number: a user shows control of the own
 * addresses. {@code auth/email/undo/}: a user undoes a change of the email.
 *
 * <p>It uses {@code aggregate}, {@code user}, {@code form}, {@code idempotency} and {@code throttle}.
 */
@NullMarked
package app.users.command.confirmation;

import org.jspecify.annotations.NullMarked;
