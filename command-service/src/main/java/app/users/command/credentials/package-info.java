/**
 * What a person proves who they are with: password hashes, the rule for new passwords, and which sessions stand.
 *
 * <p>It uses {@code user} for the rule, {@code form} to note what is wrong, {@code security} to tell of ended sessions, and
 * {@code throttle} to tell networks apart.
 */
@NullMarked
package app.users.command.credentials;

import org.jspecify.annotations.NullMarked;
