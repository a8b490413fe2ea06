package app.users.faults;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a client asked for once, however often it sent it.
 *
 * @param what a description of the call, which findings show
 * @param user whose state it changes
 * @param events the types of the events that it must lead to, if it is done
 * @param tries each request that was sent for it, in order
 * @param done whether the client was told in the end that it is done
 */
record Command(String what, long user, List<String> events, List<Try> tries, boolean done) {

    /**
     * One request.
     *
     * @param request its {@code X-Request-Id}, which the log assigns to the id that the events of the request carry
     * @param status of the answer, 0 without an answer
     * @param version the {@code Users-Version} of the answer, 0 without one
     */
    record Try(String request, int status, long version) {}

    Set<String> requests() {
        return tries.stream().map(Try::request).collect(Collectors.toSet());
    }

    Try last() {
        return tries.getLast();
    }
}
