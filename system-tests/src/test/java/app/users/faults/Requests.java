package app.users.faults;

import app.users.faults.Command.Try;
import app.users.system.Answer;
import app.users.system.Client;
import app.users.system.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request, and again under the same {@code Idempotency-Key} until there is an answer.
 *
 * @param losses decides which answers are lost on the way to the client
 */
record Requests(Journal journal, Client stranger, Random losses) {

    /** One answer of so many is lost: the request is done, and the client does not know. */
    private static final int LOST = 15;

    private static final Duration LONGEST_WAIT = CommonFaults.LONG_OUTAGE.plusMinutes(6);

    /** In a long outage clients go on without what they wanted to read. */
    private static final Duration LONGEST_READ =
            CommonFaults.LONG_OUTAGE.isZero() ? LONGEST_WAIT : Duration.ofSeconds(20);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    /** The last answer, after all tries. */
    record Answered(Answer answer, List<Try> tries) {

        boolean isOk() {
            return answer.status() / 100 == 2;
        }

        /** Whether an earlier try may have been done without an answer. */
        boolean wasRepeated() {
            return tries.size() > 1;
        }

        long version() {
            return tries.getLast().version();
        }
    }

    /** @param access the access token, or null without one */
    Answered send(String method, String path, @Nullable String body, @Nullable String access) {
        return send(method, path, body, access, Map.of(), LONGEST_WAIT);
    }

    /** Nothing if there is no answer for so long that the client does not wait for it. */
    Optional<Answered> read(String path, String access, Map<String, String> headers) {
        try {
            return Optional.of(send("GET", path, null, access, headers, LONGEST_READ));
        } catch (ConditionTimeoutException e) {
            if (CommonFaults.LONG_OUTAGE.isZero()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Answered send(
            String method,
            String path,
            @Nullable String body,
            @Nullable String access,
            Map<String, String> further,
            Duration longest) {
        Client client = access == null ? stranger : stranger.with("Bearer", access);
        List<Try> tries = new ArrayList<>();
        Map<String, String> headers = new HashMap<>(further);
        headers.put("Idempotency-Key", journal.nextRequest());
        Answer answer = Patience.await("answer to " + method + " " + path)
                .atMost(longest)
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_TRIES)
                .pollInSameThread()
                .until(() -> once(client, method, path, body, headers, tries), Objects::nonNull);
        return new Answered(answer, tries);
    }

    private @Nullable Answer once(
            Client client,
            String method,
            String path,
            @Nullable String body,
            Map<String, String> headers,
            List<Try> tries) {
        String request = journal.nextRequest();
        headers.put("X-Request-Id", request);
        try {
            Answer answer = client.send(method, path, body, headers);
            if (losses.nextInt(LOST) == 0) {
                throw new UncheckedIOException(new IOException("the answer is lost"));
            }
            String version = answer.header("Users-Version");
            tries.add(new Try(request, answer.status(), version.isEmpty() ? 0 : Long.parseLong(version)));
            if (answer.status() == 500) {
                journal.serverError(request + " " + answer.request() + " " + answer.body());
            }
            if (!isOpen(answer)) {
                return answer;
            }
        } catch (UncheckedIOException cut) {
            tries.add(new Try(request, 0, 0));
        }
        journal.unanswered();
        return null;
    }

    /** Whether it is open what became of the request: the system or a part of it is away, or the first try still runs. */
    private static boolean isOpen(Answer answer) {
        return answer.status() >= 500
                || answer.status() == 409 && answer.problem().equals("key-in-use");
    }
}
