package app.users.system;

import java.util.List;

/** A system in one process whose settings are not the default ones; several classes share it. */
enum Setup {
    /** Stricter than by default, and with a check of all views every ten seconds. */
    STRICT(
            "--users.executors.require-confirmed-email=true",
            "--users.token.type=at+jwt",
            "--users.registration.work-bits=" + Work.BITS,
            "--users.relay.check-within=10s"),

    /** Behind a proxy, whose headers the tests write, and with other values of the settings that change answers of the API. */
    CUSTOMISED(
            "--users.trusted-proxies=127.0.0.1",
            "--users.token.issuer=https://id.example/users",
            "--users.throttle.password.count=3",
            "--users.throttle.password.per=1h",
            "--users.throttle.text-messages.count=3",
            "--users.throttle.text-messages.per=1h",
            "--users.throttle.text-messages-per-network.count=1",
            "--users.throttle.text-messages-per-network.per=1h",
            "--users.text-messages.countries=RU",
            "--users.executors.by-default=false",
            "--users.executors.fields=email,address",
            "--users.confirmation.valid-for=1s",
            "--users.password.require-current=true",
            "--users.token.access-lifetime=15s");

    private final List<String> arguments;

    Setup(String... arguments) {
        this.arguments = List.of(arguments);
    }

    StandaloneSystem start() {
        return StandaloneSystem.start(arguments.toArray(String[]::new));
    }
}
