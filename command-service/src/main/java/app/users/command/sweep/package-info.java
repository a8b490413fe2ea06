/**
 * Deletes expired rows in batches, for the tables of several features.
 *
 * <p>It uses nothing of this service.
 */
@NullMarked
package app.users.command.sweep;

import org.jspecify.annotations.NullMarked;
