package app.users.settings;

/** How much is taken on trust. */
public enum Mode {
    /** Servers come along and keys are made at the first start. */
    STANDALONE,
    /** No server comes along, and every key is the operator's own and random. */
    PRODUCTION
}
