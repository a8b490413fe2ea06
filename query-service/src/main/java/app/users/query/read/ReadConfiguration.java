package app.users.query.read;

import app.users.query.projection.Progress;
import app.users.query.view.UserViews;
import app.users.web.Problems;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The doors to the views. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ReadProperties.class, ExecutorListProperties.class})
public class ReadConfiguration {

    @Bean
    OutageAdvice queryOutageAdvice(Problems problems) {
        return new OutageAdvice(problems);
    }

    @Bean
    UserController queryUserController(
            UserViews views, Progress progress, ReadProperties properties, ExecutorListProperties executors) {
        return new UserController(new FreshViews(views, progress, properties.patience()), views, executors.fields());
    }
}
