/**
 * Takes due mails out of the ledger and hands them to the mail server or to the gateway for text messages. Uses the ledger
 * and the letters; does not read {@code users.events}.
 */
@NullMarked
package app.users.notification.delivery;

import org.jspecify.annotations.NullMarked;
