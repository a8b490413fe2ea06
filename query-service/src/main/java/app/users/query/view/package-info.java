/**
 * What reads are answered from: views of users, which a pure function folds from events, and the states of their last mails,
 * stored in MongoDB. Uses the events and the driver of MongoDB; no Spring, no Kafka, no other package of this service.
 */
@NullMarked
package app.users.query.view;

import org.jspecify.annotations.NullMarked;
