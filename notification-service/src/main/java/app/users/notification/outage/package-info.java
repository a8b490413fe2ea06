/**
 * Logs an outage when it begins and when it ends, not at each attempt that fails. Uses nothing else.
 */
@NullMarked
package app.users.notification.outage;

import org.jspecify.annotations.NullMarked;
