/** Refusals of requests and their answers as problem+json (RFC 9457). It may use {@code id} and {@code order}. */
@NullMarked
package app.users.web.problem;

import org.jspecify.annotations.NullMarked;
