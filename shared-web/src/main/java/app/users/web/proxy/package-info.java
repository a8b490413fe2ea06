/** The address of the client when requests arrive through a proxy. It may use {@code order}. */
@NullMarked
package app.users.web.proxy;

import org.jspecify.annotations.NullMarked;
