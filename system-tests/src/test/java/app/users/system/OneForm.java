package app.users.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rules of the class do not depend on the form of the system: the same classes decide them in both. They run against the
 * separate services, where each request also passes the gateway. The constructor takes the form and the {@link Systems}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ParameterizedClass
@Execution(ExecutionMode.CONCURRENT)
@EnumSource(value = Form.class, names = "SEPARATE")
@ExtendWith(Systems.Shared.class)
@interface OneForm {}
