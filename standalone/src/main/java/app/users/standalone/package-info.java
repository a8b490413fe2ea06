/** The three services in one process, on servers that come along. */
@NullMarked
package app.users.standalone;

import org.jspecify.annotations.NullMarked;
