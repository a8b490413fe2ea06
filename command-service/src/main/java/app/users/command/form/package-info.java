/** Reads the JSON object of a request field by field, so that every bad field can be named at once. */
@NullMarked
package app.users.command.form;

import org.jspecify.annotations.NullMarked;
