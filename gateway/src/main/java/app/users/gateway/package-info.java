/** One origin for clients when the services run as processes of their own. */
@NullMarked
package app.users.gateway;

import org.jspecify.annotations.NullMarked;
