/** PostgreSQL, Kafka, MongoDB and mail without an installation: what the standalone system and the tests run on. */
@NullMarked
package app.users.embedded;

import org.jspecify.annotations.NullMarked;
