/** The event store: Axon's JDBC engine on jsonb, with each person's data encrypted under a key of their own. */
@NullMarked
package app.users.command.store;

import org.jspecify.annotations.NullMarked;
