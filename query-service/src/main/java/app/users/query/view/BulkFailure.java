package app.users.query.view;

import com.mongodb.MongoBulkWriteException;

/** Why a bulk write failed. */
final class BulkFailure {

    private static final int DUPLICATE_KEY = 11000;

    private BulkFailure() {}

    /**
     * Returns if documents of the same id, newer perhaps, are the only reason. A write concern error is another one: the primary has
     * the writes, but they are lost if it ends now.
     */
    static void throwUnlessDuplicates(MongoBulkWriteException failure) {
        if (failure.getWriteConcernError() != null
                || failure.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
            throw failure;
        }
    }
}
