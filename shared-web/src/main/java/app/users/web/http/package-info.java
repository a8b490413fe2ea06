/** Settings of Tomcat and checks of the request head that are the same for all paths. It may use {@code problem} and {@code order}. */
@NullMarked
package app.users.web.http;

import org.jspecify.annotations.NullMarked;
