/**
 * Sends stored events to the topic once more, for a consumer that lost them or to check views.
 *
 * <p>It uses {@code relay}, whose turn it takes.
 */
@NullMarked
package app.users.command.replay;

import org.jspecify.annotations.NullMarked;
