/** The public contract of this system: what happened to a user, as other services read it. */
@NullMarked
package app.users.events;

import org.jspecify.annotations.NullMarked;
