/**
 * Answers reads from views of the users. One configuration that can be imported, and its own process.
 */
@NullMarked
package app.users.query;

import org.jspecify.annotations.NullMarked;
