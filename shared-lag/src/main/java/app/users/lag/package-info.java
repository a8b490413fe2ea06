/** How far readers are behind what they read. */
@NullMarked
package app.users.lag;

import org.jspecify.annotations.NullMarked;
