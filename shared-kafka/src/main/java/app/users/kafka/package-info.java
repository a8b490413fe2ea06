/**
 * What every process needs to read from Kafka and to write to it: topics, offsets, settings of clients, and how a record
 * becomes an event. Uses the events and the check of settings; knows no service and no database.
 */
@NullMarked
package app.users.kafka;

import org.jspecify.annotations.NullMarked;
