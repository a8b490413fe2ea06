package app.users.notification.letters;

import java.util.regex.Pattern;

/**
 * The name that a mail greets. Whoever registers chooses the name, and the mail goes to an address that somebody else can own, so
 * a name must not carry a message: a link, a domain, a phone number or a sentence is left out of the greeting.
 */
final class Greeting {

    private static final int MAX_LENGTH = 40;
    private static final int MAX_WORDS = 3;
    private static final int MAX_DIGITS = 2;

    /** Letters and digits of any script, joined by hyphens and apostrophes; a dot only at the end of a word, as in {@code J. R.} */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:[-'’ʼ][\\p{L}\\p{M}\\p{N}]+)*\\.?");

    private Greeting() {}

    /** The name, or nothing if it does not look like one. */
    static String of(String name) {
        String[] words = name.strip().split("\\p{Z}+");
        boolean isName = name.codePointCount(0, name.length()) <= MAX_LENGTH
                && words.length <= MAX_WORDS
                && name.codePoints().filter(Character::isDigit).count() <= MAX_DIGITS;
        for (String word : words) {
            isName = isName && WORD.matcher(word).matches();
        }
        return isName ? name : "";
    }
}
