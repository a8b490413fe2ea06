/** The HTTP door that every service has alike, so that a client cannot tell which of them answered. */
@NullMarked
package app.users.web;

import org.jspecify.annotations.NullMarked;
