package app.users.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The stable name of an event in the store and on the topic; it ends in the version of the event's shape. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface WireName {
    String value();
}
