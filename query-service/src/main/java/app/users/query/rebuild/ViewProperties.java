package app.users.query.rebuild;

import app.users.settings.InvalidSetting;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param database the MongoDB database of the views; another name builds them a second time, beside the first */
@ConfigurationProperties("users.query")
public record ViewProperties(@DefaultValue("users_query") String database) {

    private static final Pattern DATABASE = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    public ViewProperties {
        if (!isDatabase(database)) {
            throw new InvalidSetting(
                    "users.query.database",
                    "is \"%s\"; it must be 1 to 63 letters, digits, _ or -".formatted(database));
        }
    }

    static boolean isDatabase(String name) {
        return DATABASE.matcher(name).matches();
    }
}
