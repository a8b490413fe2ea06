package app.users.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Starts the command service on free ports, without the checks of all users. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(
        classes = CommandServiceApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=web,command",
            "management.server.port=0",
            "users.trusted-proxies=127.0.0.1",
            // many people of many tests at one address
            "users.throttle.registration.count=200000",
            "users.throttle.registration.per=1h",
            "users.throttle.confirm.count=200000",
            "users.throttle.confirm.per=1h",
            "users.throttle.password.count=200000",
            "users.throttle.password.per=1h",
            "users.throttle.taken.count=200",
            "users.throttle.taken.per=1h",
            "users.throttle.mails-per-network.count=200000",
            "users.throttle.mails-per-network.per=1h",
            "users.relay.housekeeping=2s",
            "users.relay.check-within=0s"
        })
@interface CommandServiceTest {}
