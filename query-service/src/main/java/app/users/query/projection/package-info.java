/** Folds the topic into views, and remembers beside them how far it has come. */
@NullMarked
package app.users.query.projection;

import org.jspecify.annotations.NullMarked;
