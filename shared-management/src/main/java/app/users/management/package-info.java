/** The management port: who may call it, how it refuses, and how it checks servers. */
@NullMarked
package app.users.management;

import org.jspecify.annotations.NullMarked;
