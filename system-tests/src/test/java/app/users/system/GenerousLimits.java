package app.users.system;

import java.util.List;
import java.util.stream.Stream;

/** Lets the one address that all tests come from do what a thousand people would. */
public final class GenerousLimits {

    public static final List<String> ARGUMENTS = Stream.of(
                    "registration",
                    "token",
                    "refresh",
                    "confirm",
                    "password",
                    "change",
                    "address-change",
                    "registrations-in-all",
                    "mails",
                    "mails-per-network",
                    "taken",
                    "wrong-passwords-per-network",
                    "text-messages",
                    "text-messages-per-network")
            .flatMap(door ->
                    Stream.of("--users.throttle." + door + ".count=1000000", "--users.throttle." + door + ".per=1h"))
            .toList();

    private GenerousLimits() {}

    /** Leaves out what these arguments set. */
    static List<String> except(List<String> arguments) {
        return ARGUMENTS.stream()
                .filter(limit -> arguments.stream().noneMatch(a -> a.startsWith(limit.replaceFirst("=.*", "="))))
                .toList();
    }
}
