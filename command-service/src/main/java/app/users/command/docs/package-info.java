/** The API describes itself: as an OpenAPI document and as a page to read. */
@NullMarked
package app.users.command.docs;

import org.jspecify.annotations.NullMarked;
