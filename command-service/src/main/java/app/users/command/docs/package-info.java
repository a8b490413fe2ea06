/**
 * The API describes itself: as an OpenAPI document and as a page to read.
 *
 * <p>It uses nothing else of this service.
 */
@NullMarked
package app.users.command.docs;

import org.jspecify.annotations.NullMarked;
