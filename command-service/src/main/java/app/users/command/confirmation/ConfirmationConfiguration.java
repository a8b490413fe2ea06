package app.users.command.confirmation;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** How a user shows control of the own addresses. */
@Configuration(proxyBeanMethods = false)
@Import({ConfirmationController.class, UndoController.class})
public class ConfirmationConfiguration {}
