package app.users.command.value;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An email address as it was typed. Its domain may be international; it is compared and mailed in ASCII. What is accepted
 * here, the mailer can write: both ask Jakarta Mail.
 */
public record Email(String value) {

    public static final int MAX = 254;

    /** All that any version of this service has accepted, in ASCII. */
    private static final Pattern SHAPE =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
                    + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+");

    /** No top-level domain begins with a digit, but the last part of a network address does. */
    private static final Pattern NAMED = Pattern.compile(".*\\.[A-Za-z][A-Za-z0-9-]*");

    public Email {
        value = Text.trimmed(value);
        String mailed = mailed(value);
        if (!hasShape(value)
                || !NAMED.matcher(mailed).matches()
                || !Text.isPrintable(value)
                || Domain.ascii(domain(value)).isEmpty()
                || !isMailable(mailed)) {
            throw new InvalidValue("bad-email");
        }
    }

    /** The form that is compared. Takes any text, since addresses of earlier versions are compared too. */
    static String claimed(String typed) {
        return mailed(typed).toLowerCase(Locale.ROOT);
    }

    /** The form that is mailed to: as typed, but with an international domain in ASCII. */
    public static String mailed(String typed) {
        String address = Text.trimmed(typed);
        String domain = domain(address);
        if (domain.chars().allMatch(c -> c < 0x80)) {
            return address;
        }
        return address.substring(0, address.length() - domain.length())
                + Domain.ascii(domain).orElse(domain);
    }

    /**
     * The form that is compared, of an address that a user may have. Earlier versions accepted more than {@link Email}
     * does, and those users must still be found.
     */
    static String sought(String typed) {
        if (!hasShape(Text.trimmed(typed))) {
            throw new InvalidValue("bad-email");
        }
        return claimed(typed);
    }

    private static boolean hasShape(String trimmed) {
        String mailed = mailed(trimmed);
        return Math.max(trimmed.length(), mailed.length()) <= MAX
                && SHAPE.matcher(mailed).matches();
    }

    private static boolean isMailable(String mailed) {
        try {
            new InternetAddress(mailed, true);
            return true;
        } catch (AddressException e) {
            return false;
        }
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
