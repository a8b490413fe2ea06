/**
 * Read-your-own-writes: a read waits for the version that the same user wrote last. It may use {@code route}, {@code http},
 * {@code problem} and {@code order}.
 */
@NullMarked
package app.users.web.freshness;

import org.jspecify.annotations.NullMarked;
