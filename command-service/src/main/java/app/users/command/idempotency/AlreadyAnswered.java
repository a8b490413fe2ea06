package app.users.command.idempotency;

/** A twin of this request was quicker by a moment; thrown before anything is done, so that nothing is done twice. */
final class AlreadyAnswered extends RuntimeException {

    private final transient Answer answer;

    AlreadyAnswered(Answer answer) {
        super("already answered", null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
