/**
 * Sends every stored event to the topic {@code users.events}, at least once and in the order of its user.
 *
 * <p>It uses {@code store} for the origin of an event and {@code keys} to know who was erased.
 */
@NullMarked
package app.users.command.relay;

import org.jspecify.annotations.NullMarked;
