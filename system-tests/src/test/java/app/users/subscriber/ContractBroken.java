package app.users.subscriber;

/** A record is not what the contract says: somebody has to look at it before anything else is read. */
final class ContractBroken extends RuntimeException {

    private static final long serialVersionUID = 1;

    ContractBroken(String message) {
        super(message);
    }
}
