package app.users.web.openapi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents refusals that only this operation has, for the description of the API. Refusals by the request checks are added to
 * all operations by rule. At run time the operation throws {@code Rejected}.
 */
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
