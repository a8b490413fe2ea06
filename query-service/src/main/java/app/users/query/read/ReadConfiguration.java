package app.users.query.read;

import app.users.query.projection.Progress;
import app.users.query.view.UserViews;
import app.users.web.Problems;
import java.time.Duration;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The doors to the views. */
@Configuration(proxyBeanMethods = false)
public class ReadConfiguration {

    @Bean
    OutageAdvice queryOutageAdvice(Problems problems) {
        return new OutageAdvice(problems);
    }

    @Bean
    UserController queryUserController(
            UserViews views,
            Progress progress,
            @Value("${users.query.wait}") Duration wait,
            @Value("${users.executors.fields}") Set<String> executorFields) {
        return new UserController(new FreshViews(views, progress, wait), views, executorFields);
    }
}
