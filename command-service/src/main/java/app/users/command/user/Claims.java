package app.users.command.user;

/** The exclusive rights to emails and numbers, taken and given back in the transaction of the event. */
interface Claims {

    enum Kind {
        EMAIL,
        NUMBER
    }

    /** Whether the value now belongs to the user; waits for a rival whose transaction is still open. */
    boolean take(Kind kind, String value, long user);

    void release(Kind kind, String value, long user);

    void releaseAll(long user);
}
