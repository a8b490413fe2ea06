/**
 * Decides which event asks for which mail, and writes its text from templates and the derived code. Uses no server and no
 * other package of this service.
 */
@NullMarked
package app.users.notification.letters;

import org.jspecify.annotations.NullMarked;
