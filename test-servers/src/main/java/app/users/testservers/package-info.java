/** The servers of integration tests: containers where a Docker engine answers, embedded ones elsewhere. */
@NullMarked
package app.users.testservers;

import org.jspecify.annotations.NullMarked;
