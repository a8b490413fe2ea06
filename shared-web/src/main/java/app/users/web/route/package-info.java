/** The table of paths, and the checks of path, method and {@code Accept} against it. It may use {@code http}, {@code problem} and {@code order}. */
@NullMarked
package app.users.web.route;

import org.jspecify.annotations.NullMarked;
