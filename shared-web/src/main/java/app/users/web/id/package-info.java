/** The request id: the client names a request, or the service does. It may use {@code order}. */
@NullMarked
package app.users.web.id;

import org.jspecify.annotations.NullMarked;
