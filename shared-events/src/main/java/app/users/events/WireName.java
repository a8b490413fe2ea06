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

    /** The names of classes. Looked up in the annotation once: each time it costs as much as writing the event. */
    ClassValue<String> OF = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> event) {
            return event.getAnnotation(WireName.class).value();
        }
    };
}
