/** Answers reads from the views, never older than what the caller has written. */
@NullMarked
package app.users.query.read;

import org.jspecify.annotations.NullMarked;
