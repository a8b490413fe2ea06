package app.users.web.token;

/**
 * Values of the header {@code typ} of access tokens. Services accept all of them, so that a change of the setting or a
 * rolling upgrade refuses no valid token.
 */
public enum TokenType {
    /** Libraries that check the type accept it by default (RFC 7519, 5.1). */
    JWT("JWT"),
    /** The type that RFC 9068 requires; some libraries need a setting to accept it. */
    AT_JWT("at+jwt");

    private final String header;

    TokenType(String header) {
        this.header = header;
    }

    public String header() {
        return header;
    }

    /** As operators write it in settings. */
    @Override
    public String toString() {
        return header;
    }
}
