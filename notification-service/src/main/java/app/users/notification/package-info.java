/** Turns events that ask for a mail or a text message into one that arrives, each sent once. */
@NullMarked
package app.users.notification;

import org.jspecify.annotations.NullMarked;
