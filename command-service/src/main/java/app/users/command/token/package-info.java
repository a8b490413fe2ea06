/** Signing in: passwords, sessions, access and refresh tokens. */
@NullMarked
package app.users.command.token;

import org.jspecify.annotations.NullMarked;
