/** The first page, and what all pages have in common. */
@NullMarked
package app.users.web.page;

import org.jspecify.annotations.NullMarked;
