/** Settings that are checked before anything starts, so that a wrong one is a sentence and not a stack trace. */
@NullMarked
package app.users.settings;

import org.jspecify.annotations.NullMarked;
