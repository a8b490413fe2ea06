/**
 * The keys of stored data: one per user, wrapped by a master key, and the keyed hash that finds values without knowing them.
 *
 * <p>It uses {@code value} alone.
 */
@NullMarked
package app.users.command.keys;

import org.jspecify.annotations.NullMarked;
