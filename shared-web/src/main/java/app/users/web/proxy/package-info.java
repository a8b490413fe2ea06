/** Who the client is when requests arrive through a proxy. */
@NullMarked
package app.users.web.proxy;

import org.jspecify.annotations.NullMarked;
