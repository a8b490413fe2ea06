/** The request id, which each process makes for each request. It may use {@code order}. */
@NullMarked
package app.users.web.id;

import org.jspecify.annotations.NullMarked;
