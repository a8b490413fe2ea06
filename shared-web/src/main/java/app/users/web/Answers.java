package app.users.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What an operation answers when it did what was asked, for the description of the API. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Answers {

    int status() default 200;

    /** What the body is. */
    String value();

    /** The answer's own header fields; those that every answer has are added by rule. */
    String[] headers() default {};
}
