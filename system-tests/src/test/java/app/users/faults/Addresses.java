package app.users.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The values of one client's people: new texts and passwords, and emails and numbers that often were others' before. */
final class Addresses {

    /** One below what an address may get in a day. */
    private static final int MOST_CODES = 9;

    private final Random random;
    private final int client;
    private final List<String> freeEmails = new ArrayList<>();
    private final List<String> freeNumbers = new ArrayList<>();
    private final Map<String, Integer> codes = new HashMap<>();
    private int count;

    Addresses(Random random, int client) {
        this.random = random;
        this.client = client;
    }

    String email() {
        return freeEmails.isEmpty() || random.nextBoolean()
                ? "client%d-%d@example.org".formatted(client, ++count)
                : freeEmails.remove(random.nextInt(freeEmails.size()));
    }

    String number() {
        return freeNumbers.isEmpty() || random.nextBoolean()
                ? "+7996%d%06d".formatted(client, ++count)
                : freeNumbers.remove(random.nextInt(freeNumbers.size()));
    }

    String password() {
        return "correct horse %d %d".formatted(client, ++count);
    }

    /** No six digits, which could be taken for a code in a mail. */
    String text() {
        return "Ёлка d'Arc n" + random.nextInt(1_000_000_000);
    }

    /** After a long outage the code of the former owner may arrive when the next one waits for a code of their own. */
    void freeEmail(String email) {
        if (CommonFaults.LONG_OUTAGE.isZero() || !codes.containsKey(email)) {
            freeEmails.add(email);
        }
    }

    void freeNumber(String number) {
        freeNumbers.add(number);
    }

    /** Whether the email may get one more code today. */
    boolean takeCode(String email) {
        return codes.merge(email, 1, Integer::sum) <= MOST_CODES;
    }
}
