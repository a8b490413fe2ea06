/**
 * Reads {@code users.events} and writes each mail that an event asks for into the ledger. Uses the ledger, and wakes the
 * dispatchers of the delivery; it sends nothing itself.
 */
@NullMarked
package app.users.notification.intake;

import org.jspecify.annotations.NullMarked;
