package app.users.web;

/** What the header {@code typ} of an access token says. */
public enum TokenType {
    /** As RFC 9068 requires it, so that no other JWT is taken for an access token (RFC 8725, 3.11). */
    AT_JWT("at+jwt"),
    /** For other services whose library takes no other type. */
    JWT("JWT");

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
