package app.users.command.value;

/**
 * An email or number in the form that is compared: equal ones belong to one person. Registration, change, sign-in and reset
 * find and claim people by it.
 *
 * @param value of an email {@link Email#claimed(String)}, of a number E.164
 */
public record Identifier(Kind kind, String value) {

    /** Their names are stored: claims are found by them. */
    public enum Kind {
        EMAIL,
        NUMBER
    }

    /** Where messages to it arrive: of an email without the sub-address, which is the part of the name from the first plus sign on. */
    public String mailbox() {
        int plus = value.indexOf('+');
        int at = value.lastIndexOf('@');
        return kind == Kind.EMAIL && plus > 0 && plus < at ? value.substring(0, plus) + value.substring(at) : value;
    }

    /** @param email as it was typed or stored, by the rules of any version */
    public static Identifier ofEmail(String email) {
        return new Identifier(Kind.EMAIL, Email.claimed(email));
    }

    /** @param number as it was stored: a number of {@link PhoneNumber}, or one that an earlier version accepted */
    public static Identifier ofNumber(String number) {
        return new Identifier(Kind.NUMBER, number);
    }

    /** @param number in any notation; text that is no number belongs to no one */
    public static Identifier ofTypedNumber(String number) {
        return new Identifier(Kind.NUMBER, PhoneNumber.claimed(number));
    }

    /**
     * Of an email that a user may have. Earlier versions accepted more than {@link Email} does, and those users must still be
     * found.
     *
     * @throws InvalidValue if no version accepted it
     */
    public static Identifier ofSoughtEmail(String typed) {
        return new Identifier(Kind.EMAIL, Email.sought(typed));
    }
}
