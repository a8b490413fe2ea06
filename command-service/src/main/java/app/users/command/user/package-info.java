/** What a user can do to their profile: register, change, confirm, leave. */
@NullMarked
package app.users.command.user;

import org.jspecify.annotations.NullMarked;
