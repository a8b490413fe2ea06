/** Access tokens, and the decision whether a caller may use a route. It may use {@code route} and {@code problem}. */
@NullMarked
package app.users.web.token;

import org.jspecify.annotations.NullMarked;
