package app.users.command.user;

/** A value that breaks its rule; the code names the rule. */
final class InvalidValue extends RuntimeException {

    private final String code;

    InvalidValue(String code) {
        super(code, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }
}
