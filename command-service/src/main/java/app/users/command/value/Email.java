package app.users.command.value;

import java.util.Locale;
import java.util.regex.Pattern;

/** An email address as typed, trimmed; compared without case. */
public record Email(String value) {

    public static final int MAX = 254;
    private static final Pattern SHAPE =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
                    + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+");

    public Email {
        value = Text.trimmed(value);
        if (value.length() > MAX || !SHAPE.matcher(value).matches()) {
            throw new InvalidValue("bad-email");
        }
    }

    public String claimed() {
        return claimed(value);
    }

    /** The form that is compared. */
    public static String claimed(String email) {
        return email.toLowerCase(Locale.ROOT);
    }
}
