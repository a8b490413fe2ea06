/** Annotations of operations for the description of the API. It uses nothing of this project. */
@NullMarked
package app.users.web.openapi;

import org.jspecify.annotations.NullMarked;
