package app.users.faults;

/** A promise that was not kept. */
record Finding(Promise promise, long user, String expected, String found) {

    /** What the judge checks. */
    enum Promise {
        /** What was acknowledged is in the store. */
        NOTHING_LOST,
        /** The events of each command are in the store once, and no others are. */
        NOTHING_TWICE,
        /** What is right is not refused. */
        NOTHING_REFUSED,
        /** The versions of a user are 1 to n, and answers name the right one. */
        VERSIONS,
        /** The topic says what the store says. */
        TOPIC,
        /** An erased user has nothing but the erasure on the topic. */
        ERASURE,
        /** The profile shows what was written. */
        VIEW,
        /** The present email, number and password sign in, and no former one. */
        SIGN_IN,
        /** The email and the number of an erased user can be registered again. */
        FREED,
        /** Each mail arrives, and at most as many twice as were interrupted. */
        MAIL
    }
}
