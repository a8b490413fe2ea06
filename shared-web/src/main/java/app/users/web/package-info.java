/**
 * The HTTP layer that every service shares: entry configurations for the checks of requests. They may use all packages below;
 * no package below uses them.
 */
@NullMarked
package app.users.web;

import org.jspecify.annotations.NullMarked;
