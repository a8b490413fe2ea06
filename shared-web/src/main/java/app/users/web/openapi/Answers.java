package app.users.web.openapi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents an operation's successful answer, for the description of the API. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Answers {

    int status() default 200;

    /** The meaning of the body. */
    String value();

    /** Header fields that only this answer has; those of every answer are added by rule. */
    String[] headers() default {};
}
