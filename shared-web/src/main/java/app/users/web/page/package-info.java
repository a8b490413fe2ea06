/** The first page of each process. It may use {@code route}, {@code problem} and {@code openapi}. */
@NullMarked
package app.users.web.page;

import org.jspecify.annotations.NullMarked;
