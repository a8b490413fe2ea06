package app.users.command.value;

/** A value that breaks its rule; the code names the rule. */
public final class InvalidValue extends RuntimeException {

    private final String code;

    public InvalidValue(String code) {
        super(code, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
