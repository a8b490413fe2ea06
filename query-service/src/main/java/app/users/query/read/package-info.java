/**
 * Answers reads from the views, never older than what the caller has written. Uses the views; knows neither how they are
 * built nor MongoDB, except for the exception that an outage throws.
 */
@NullMarked
package app.users.query.read;

import org.jspecify.annotations.NullMarked;
