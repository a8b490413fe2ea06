/** What every process does at its start: wait for its servers, and say when it is ready. */
@NullMarked
package app.users.start;

import org.jspecify.annotations.NullMarked;
