/** The document that is read: what is known about a user, folded from events. */
@NullMarked
package app.users.query.view;

import org.jspecify.annotations.NullMarked;
