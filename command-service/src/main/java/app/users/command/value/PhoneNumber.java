package app.users.command.value;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.MatchType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber;
import com.ibm.icu.text.Normalizer2;
import java.util.Optional;
import java.util.regex.Pattern;

/** A whole international phone number in E.164 form. */
public record PhoneNumber(String value) {

    public static final int MAX = 40;

    static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    /** Letters are refused: libphonenumber would read them as a vanity number, or skip them. */
    private static final Pattern DIGITS = Pattern.compile("\\+?[\\p{Nd}\\p{Pd}\\p{Zs}\\s()./]+");

    public PhoneNumber {
        value = read(value)
                .filter(n -> NUMBERS.isPossibleNumberWithReason(n) == ValidationResult.IS_POSSIBLE)
                .map(PhoneNumber::e164)
                .orElseThrow(() -> new InvalidValue("bad-number"));
    }

    /** The form that is compared. Takes any text, since numbers of earlier versions are compared too. */
    static String claimed(String typed) {
        return read(typed).map(PhoneNumber::e164).orElse(typed);
    }

    /** Whether the text is this number in any notation, with or without its plus and country code. */
    public static boolean isSame(String e164, String text) {
        String plain = plain(text);
        if (!DIGITS.matcher(plain).matches()) {
            return false;
        }
        MatchType match = NUMBERS.isNumberMatch(e164, plain);
        return match == MatchType.EXACT_MATCH || match == MatchType.NSN_MATCH;
    }

    static Optional<Phonenumber.PhoneNumber> read(String typed) {
        String plain = plain(typed);
        if (plain.length() > MAX
                || !plain.startsWith("+")
                || !DIGITS.matcher(plain).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(NUMBERS.parse(plain, null));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /** In usual width, without invisible characters and without the scheme of a telephone link. */
    private static String plain(String typed) {
        String folded = Normalizer2.getNFKCCasefoldInstance().normalize(typed);
        return Text.trimmed(Text.trimmed(folded).replaceFirst("^tel:", ""));
    }

    private static String e164(Phonenumber.PhoneNumber number) {
        return NUMBERS.format(number, PhoneNumberFormat.E164);
    }
}
