package app.users.command.user;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param byDefault whether a new user is in the list of executors until they say otherwise */
@ConfigurationProperties("users.executors")
record ExecutorProperties(@DefaultValue("true") boolean byDefault) {}
