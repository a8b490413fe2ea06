package app.users.faults;

import java.util.List;
import java.util.Map;

/**
 * What the clients did and were told.
 *
 * @param interrupted how many mails may have been in the hands of a sender when it was killed
 */
record History(List<Command> commands, List<Read> reads, List<Known> people, int interrupted) {

    /**
     * A profile that was read between the commands.
     *
     * @param expected what the client knew then
     * @param warned whether the answer said that it may be old
     */
    record Read(String request, long user, Map<String, String> expected, Map<String, String> shown, boolean warned) {}
}
