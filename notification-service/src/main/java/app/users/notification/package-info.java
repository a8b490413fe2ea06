/**
 * Sends the mails and text messages that events ask for, each at least once: under the same Message-ID, so that mail
 * programs show a repeat once. One configuration that can be imported, and its own process.
 */
@NullMarked
package app.users.notification;

import org.jspecify.annotations.NullMarked;
