/**
 * Sends the mails and text messages that events request. A message can be sent twice after a crash. A repeated
 * mail has the same Message-ID, so mail programs show it once; a repeated text message has the same id for the
 * gateway.
 */
@NullMarked
package app.users.notification;

import org.jspecify.annotations.NullMarked;
