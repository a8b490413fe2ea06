package app.users.command.docs;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The doors to the descriptions of the API and of the topics. */
@Configuration(proxyBeanMethods = false)
@Import({DocsController.class, EventDocsController.class})
public class DocsConfiguration {}
