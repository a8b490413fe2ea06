/** The order of all steps in the path of a request. It uses nothing of this project. */
@NullMarked
package app.users.web.order;

import org.jspecify.annotations.NullMarked;
