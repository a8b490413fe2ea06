package app.users.settings;

/** A setting that the process does not start with; the message is one sentence that names it and says what is right. */
public final class InvalidSetting extends RuntimeException {

    /** @param fault what is wrong and what would be right; follows the property's name in the sentence */
    public InvalidSetting(String property, String fault) {
        super(property + " " + fault);
    }
}
