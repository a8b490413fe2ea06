/**
 * The endpoint for parked users: whose views have stopped and why, and the retry. Uses the sets of views.
 */
@NullMarked
package app.users.query.parked;

import org.jspecify.annotations.NullMarked;
