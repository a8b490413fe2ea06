package app.users.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A refusal of an operation's own, for the description of the API. What the door refuses is added by rule. */
@Documented
@Repeatable(Refuses.All.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Refuses {

    int status();

    /** The codes, as in {@code problem.<code>.title}. */
    String[] problems();

    /** All refusals of one operation. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface All {

        Refuses[] value();
    }
}
