package app.users.faults;

import app.users.faults.Known.Credentials;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the system holds and answers after it has become quiet.
 *
 * @param rows of the event store, in their order
 * @param records of the topic, those of one user in their order
 * @param profiles by user
 * @param signIns the status of each sign-in
 * @param registrations the status of a registration with the email and the number of an erased user, by that user
 * @param mails the event of each mail that the mail server took; twice if it came twice
 * @param refusedMails the events whose mail the mail server refused for good
 * @param dropped how many mails the mail server took without saying so
 */
record Observed(
        List<Row> rows,
        List<Published> records,
        Map<Long, Map<String, String>> profiles,
        Map<Credentials, Integer> signIns,
        Map<Long, Integer> registrations,
        List<String> mails,
        Set<String> refusedMails,
        int dropped) {

    /** An event in the store; its personal fields are encrypted in one field {@code personal}. */
    record Row(long user, long version, String id, String type, String request, JsonNode payload) {}

    /** A record on the topic; one without a value erases the earlier one of its key. */
    record Published(
            long user,
            long version,
            String id,
            String type,
            @Nullable JsonNode value) {

        boolean isTombstone() {
            return value == null;
        }
    }
}
