/**
 * The sets of views that run beside each other, their comparison, which of them serves, and the endpoint for all that. Uses
 * the projection and the views.
 */
@NullMarked
package app.users.query.rebuild;

import org.jspecify.annotations.NullMarked;
