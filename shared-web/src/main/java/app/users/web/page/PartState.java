package app.users.web.page;

/** The state of a part of the system; {@code DOWN} is also a part that does not answer in time. */
public enum PartState {
    UP,
    DOWN;

    PartState worse(PartState other) {
        return this == DOWN ? DOWN : other;
    }
}
