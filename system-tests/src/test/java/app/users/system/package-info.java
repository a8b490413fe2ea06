/** Drives the built jars as a client would, because only running processes show that the parts fit together. */
@NullMarked
package app.users.system;

import org.jspecify.annotations.NullMarked;
