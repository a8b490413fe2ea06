/** Cross-origin requests from browsers (CORS). It may use {@code http}, {@code id}, {@code problem} and {@code order}. */
@NullMarked
package app.users.web.cors;

import org.jspecify.annotations.NullMarked;
