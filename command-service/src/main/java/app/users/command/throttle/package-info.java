/**
 * How often anything may be tried, counted by all processes together.
 *
 * <p>It uses {@code keys}: the tables know keyed hashes alone.
 */
@NullMarked
package app.users.command.throttle;

import org.jspecify.annotations.NullMarked;
