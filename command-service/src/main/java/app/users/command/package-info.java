/** The write side as one importable configuration, and its own process. */
@NullMarked
package app.users.command;

import org.jspecify.annotations.NullMarked;
