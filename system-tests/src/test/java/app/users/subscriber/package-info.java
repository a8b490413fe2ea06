/** A copy of all profiles as a stranger keeps it: written from what the running system publishes about its events alone. */
@NullMarked
package app.users.subscriber;

import org.jspecify.annotations.NullMarked;
