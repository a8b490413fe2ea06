package app.users.command.value;

import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.text.UnicodeSet.SpanCondition;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.regex.Pattern;

/**
 * Printable text in Unicode's composed form (NFC), without invisible characters at its ends. Unicode's properties say which
 * characters are invisible.
 */
public record Text(String value) {

    /** White space, and two symbols that are printed as an empty space: Braille without dots and the null notehead. */
    private static final UnicodeSet BLANK = new UnicodeSet("[[:White_Space:]\\u2800\\U0001D159]").freeze();

    /** Scripts and emoji need them. They change how the character before them looks. */
    private static final UnicodeSet MODIFIER = new UnicodeSet("[[:Join_Control:][:Variation_Selector:]]").freeze();

    private static final UnicodeSet UNPRINTABLE = new UnicodeSet("[[:Default_Ignorable_Code_Point:][:C:][:Zl:][:Zp:]]")
            .removeAll(MODIFIER)
            .freeze();

    private static final UnicodeSet BEFORE =
            new UnicodeSet("[:Default_Ignorable_Code_Point:]").addAll(BLANK).freeze();

    /** Variation selectors and tags at the end belong to the character before them. */
    private static final UnicodeSet AFTER = new UnicodeSet(BEFORE)
            .removeAll(new UnicodeSet("[[:Variation_Selector:]\\U000E0020-\\U000E007F]"))
            .freeze();

    /** An emoji tag sequence (UTS #51): a black flag, the code of a region in tags, the tag that ends it. */
    private static final Pattern FLAG =
            Pattern.compile("(\\x{1F3F4})[\\x{E0030}-\\x{E0039}\\x{E0061}-\\x{E007A}]{3,6}\\x{E007F}");

    public static Text required(String value, int max) {
        Text text = optional(value, max);
        if (text.value.isEmpty()) {
            throw new InvalidValue("blank");
        }
        return text;
    }

    /** @param max in Unicode code points */
    public static Text optional(String value, int max) {
        Text text = new Text(value);
        if (text.value.codePointCount(0, text.value.length()) > max) {
            throw new InvalidValue("too-long");
        }
        return text;
    }

    public Text {
        value = trimmed(value);
        if (!isPrintable(value)) {
            throw new InvalidValue("unprintable");
        }
    }

    /** In NFC and without invisible characters at its ends: every endpoint reads every text but passwords like this. */
    public static String trimmed(String value) {
        String composed = Normalizer.normalize(value, Form.NFC);
        String rest = composed.substring(BEFORE.span(composed, SpanCondition.CONTAINED));
        return rest.substring(0, AFTER.spanBack(rest, SpanCondition.CONTAINED));
    }

    static boolean isPrintable(String trimmed) {
        int before = ' ';
        for (int c : FLAG.matcher(trimmed).replaceAll("$1").codePoints().toArray()) {
            if (UNPRINTABLE.contains(c) || MODIFIER.contains(c) && BLANK.contains(before)) {
                return false;
            }
            before = c;
        }
        return true;
    }
}
