/** How often anything may be tried: by a network address, and against a person's password. Shared by all processes. */
@NullMarked
package app.users.command.throttle;

import org.jspecify.annotations.NullMarked;
