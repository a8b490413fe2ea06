/**
 * Reads request bodies and conditional headers, and collects what is wrong with them.
 *
 * <p>It uses {@code user} for the fields and {@code value} for their rules.
 */
@NullMarked
package app.users.command.form;

import org.jspecify.annotations.NullMarked;
