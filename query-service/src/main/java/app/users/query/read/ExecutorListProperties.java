package app.users.query.read;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the list of executors shows, and to whom.
 *
 * @param fields what the list of executors shows beside the name, of email, number and address; nothing by default
 * @param requireConfirmedEmail whether the list of executors has only users with a confirmed email, and answers only to them;
 *     with false every registered user can read it, and everyone is in it unless {@code users.executors.by-default} is false
 */
@ConfigurationProperties("users.executors")
record ExecutorListProperties(
        @DefaultValue Set<Field> fields,
        @DefaultValue("false") boolean requireConfirmedEmail) {

    /** What can be shown beside the name. */
    enum Field {
        EMAIL,
        NUMBER,
        ADDRESS
    }
}
