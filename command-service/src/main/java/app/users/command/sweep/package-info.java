/**
 * Deletes rows that are no longer needed, for every feature that keeps some for a time.
 *
 * <p>It uses nothing of this service.
 */
@NullMarked
package app.users.command.sweep;

import org.jspecify.annotations.NullMarked;
