package app.users.command.value;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;

/** A phone number in E.164 form. */
public record PhoneNumber(String value) {

    public static final int MAX = 40;

    public PhoneNumber {
        value = Text.trimmed(value);
        if (value.length() > MAX || !value.startsWith("+")) {
            throw new InvalidValue("bad-number");
        }
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            var parsed = numbers.parse(value, null);
            if (!numbers.isPossibleNumber(parsed) || parsed.hasExtension()) {
                throw new InvalidValue("bad-number");
            }
            value = numbers.format(parsed, PhoneNumberFormat.E164);
        } catch (NumberParseException e) {
            throw new InvalidValue("bad-number");
        }
    }
}
