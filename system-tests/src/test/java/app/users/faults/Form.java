package app.users.faults;

/** The two ways in which the system is run. */
enum Form {
    STANDALONE {
        @Override
        Installation start() {
            return new Standalone();
        }
    },
    SEPARATE {
        @Override
        Installation start() {
            return new Separate();
        }
    };

    abstract Installation start();
}
