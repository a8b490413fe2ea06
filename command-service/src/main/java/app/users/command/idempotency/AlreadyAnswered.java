package app.users.command.idempotency;

/** A twin of this request was quicker by a moment; thrown before anything is done, so that nothing is done twice. */
final class AlreadyAnswered extends RuntimeException {

    private final transient StoredAnswer answer;

    AlreadyAnswered(StoredAnswer answer) {
        super("already answered", null, false, false);
        this.answer = answer;
    }

    StoredAnswer answer() {
        return answer;
    }
}
