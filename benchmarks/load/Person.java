import java.util.concurrent.atomic.AtomicLong;

/** Somebody to register; nobody else, in this run or another, has the email or the number. */
record Person(String email, String number, String password) {

    private static final long RUN = System.currentTimeMillis() / 1000;
    private static final AtomicLong COUNT = new AtomicLong();

    static Person next() {
        long count = COUNT.incrementAndGet();
        return new Person(
                "u" + RUN + "-" + count + "@bench.example",
                "+79%09d".formatted((RUN * 100_000 + count) % 1_000_000_000),
                "Str0ng-Passw0rd!" + count);
    }

    String registration() {
        return """
                {"surname":"Ivanov","name":"Ivan","patronymic":"Ivanovich","address":"12 Main Street, Springfield",\
                "email":"%s","number":"%s","password":"%s"}""".formatted(email, number, password);
    }

    String credentials() {
        return """
                {"email":"%s","password":"%s"}""".formatted(email, password);
    }
}
