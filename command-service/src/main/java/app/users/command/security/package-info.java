/** What happened at the door, for those who watch over it: an outbox in PostgreSQL, relayed to the topic users.security. */
@NullMarked
package app.users.command.security;

import org.jspecify.annotations.NullMarked;
