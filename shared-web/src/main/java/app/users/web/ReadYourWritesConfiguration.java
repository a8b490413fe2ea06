package app.users.web;

import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** For the process that clients talk to: the one that sees both the writes and the reads of a user. */
@Configuration(proxyBeanMethods = false)
@Import(DoorConfiguration.class)
public class ReadYourWritesConfiguration {

    @Bean
    FilterRegistrationBean<ReadYourWrites> webReadYourWritesFilter(Routes routes, Problems problems, JsonMapper json) {
        return DoorConfiguration.registered(
                new ReadYourWrites(new LastWrites(Clock.systemUTC()), routes, problems, json),
                DoorConfiguration.READ_YOUR_WRITES_ORDER);
    }
}
