/**
 * Keeps every mail of the last days in MongoDB, the queue of those that wait, the position of the intake beside them, and
 * publishes states on {@code users.mail}. Knows what a mail is (letters), not how it is sent. Only this package
 * uses MongoDB; {@code delivery} only catches its exception.
 */
@NullMarked
package app.users.notification.ledger;

import org.jspecify.annotations.NullMarked;
