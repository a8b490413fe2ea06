package app.users.web;

import app.users.web.problem.OutageConfiguration;
import app.users.web.token.TokenConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The HTTP layer of a service: the request checks of {@link DoorConfiguration}, access tokens, and 503 during outages. */
@Configuration(proxyBeanMethods = false)
@Import({DoorConfiguration.class, TokenConfiguration.class, OutageConfiguration.class})
public class WebConfiguration {}
