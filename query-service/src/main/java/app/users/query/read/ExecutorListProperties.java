package app.users.query.read;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param fields what the list of executors shows beside the name, of email, number and address; nothing by default */
@ConfigurationProperties("users.executors")
record ExecutorListProperties(@DefaultValue Set<Field> fields) {

    /** What can be shown beside the name. */
    enum Field {
        EMAIL,
        NUMBER,
        ADDRESS
    }
}
