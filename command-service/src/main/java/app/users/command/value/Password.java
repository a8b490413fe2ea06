package app.users.command.value;

import java.nio.charset.StandardCharsets;

/** A password that a user chooses, in the clear until it is hashed. It is never printed. */
public record Password(String value) {

    /** In Unicode code points. */
    public static final int MIN = 8;

    public static final int MAX_BYTES = 1000;

    public Password {
        if (value.codePointCount(0, value.length()) < MIN) {
            throw new InvalidValue("too-short");
        }
        if (isTooLong(value)) {
            throw new InvalidValue("too-many-bytes");
        }
        if (Text.trimmed(value).isEmpty()) {
            throw new InvalidValue("blank");
        }
    }

    /** Check this before the text is normalised: that takes longer than a hash for thousands of combining marks. */
    public static boolean isTooLong(String text) {
        return text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}
