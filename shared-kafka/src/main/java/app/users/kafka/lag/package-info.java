/**
 * Consumer lag: metrics, a health indicator, and an alarm when a reader stops. Readers report their own positions, so this
 * package does not use Kafka.
 */
@NullMarked
package app.users.kafka.lag;

import org.jspecify.annotations.NullMarked;
