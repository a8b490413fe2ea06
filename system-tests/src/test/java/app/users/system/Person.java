package app.users.system;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who does not exist yet and can register; nobody else has the email or the number. */
record Person(String surname, String email, String number, String password) {

    private static final AtomicInteger COUNT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(1_000_000));

    static Person next() {
        int count = COUNT.incrementAndGet();
        return new Person(
                "Surname", "person" + count + "@example.org", "+7996%07d".formatted(count), "correct horse " + count);
    }

    Person withNumberOf(Person other) {
        return new Person(surname, email, other.number, password);
    }

    /** With a number that costs whoever calls it, and that nobody else has. */
    Person withPremiumRateNumber() {
        return new Person(surname, email, "+499001" + number.substring(number.length() - 6), password);
    }

    String registration() {
        return """
                {"surname":"%s","name":"Name","patronymic":"","address":"","email":"%s","number":"%s","password":"%s"}\
                """.formatted(surname, email, number, password);
    }

    String credentials() {
        return """
                {"email":"%s","password":"%s"}""".formatted(email, password);
    }
}
