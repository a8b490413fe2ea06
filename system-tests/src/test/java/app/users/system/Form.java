package app.users.system;

/** The two ways in which the system is run. */
enum Form {
    STANDALONE {
        @Override
        RunningSystem start() {
            return StandaloneSystem.start();
        }
    },
    SEPARATE {
        @Override
        RunningSystem start() {
            return SeparateSystem.start();
        }
    };

    abstract RunningSystem start();
}
