/** Limits on request bodies, and strict JSON. It may use {@code problem} and {@code order}. */
@NullMarked
package app.users.web.body;

import org.jspecify.annotations.NullMarked;
