/** Carries every stored event to Kafka, in order and at least once. */
@NullMarked
package app.users.command.relay;

import org.jspecify.annotations.NullMarked;
