package app.users.command.registration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which users the list of executors shows.
 *
 * @param byDefault whether a new user is in the list of executors until they say otherwise; the list can be read by every
 *     registered user, so set it to false where strangers can register
 */
@ConfigurationProperties("users.executors")
record ExecutorProperties(@DefaultValue("true") boolean byDefault) {}
