package app.users.web;

import app.users.web.freshness.FreshnessConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Read-your-own-writes for the process that clients connect to, because it sees both the writes and the reads of a user. */
@Configuration(proxyBeanMethods = false)
@Import({DoorConfiguration.class, FreshnessConfiguration.class})
public class ReadYourWritesConfiguration {}
