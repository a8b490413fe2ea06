package app.users.command.docs;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The door to the description of the API. */
@Configuration(proxyBeanMethods = false)
@Import(DocsController.class)
public class DocsConfiguration {}
