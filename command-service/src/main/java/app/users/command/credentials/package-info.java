/**
 * What a person proves who they are with: password hashes, the rule for new passwords, and which sessions stand.
 *
 * <p>It uses {@code user} for the rule, {@code form} to note what is wrong, and {@code security} to tell of ended sessions.
 */
@NullMarked
package app.users.command.credentials;

import org.jspecify.annotations.NullMarked;
