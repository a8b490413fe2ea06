/** The read side as one importable configuration, and its own process. */
@NullMarked
package app.users.query;

import org.jspecify.annotations.NullMarked;
