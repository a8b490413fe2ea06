/** Turns requests for a confirmation into mails, each sent once. */
@NullMarked
package app.users.notification;

import org.jspecify.annotations.NullMarked;
