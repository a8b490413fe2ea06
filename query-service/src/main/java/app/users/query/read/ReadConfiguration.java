package app.users.query.read;

import app.users.query.view.Views;
import app.users.web.problem.Problems;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The doors to the views. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ReadProperties.class, ExecutorListProperties.class})
public class ReadConfiguration {

    @Bean
    MongoOutageAdvice queryOutageAdvice(Problems problems) {
        return new MongoOutageAdvice(problems);
    }

    @Bean
    FreshViews queryFreshViews(Supplier<Views> views, ReadProperties properties) {
        return new FreshViews(views, properties.patience());
    }

    @Bean
    UserController queryUserController(FreshViews fresh, Supplier<Views> views, ExecutorListProperties executors) {
        return new UserController(fresh, views, executors);
    }

    @Bean
    MailController queryMailController(FreshViews fresh, Supplier<Views> views) {
        return new MailController(fresh, views);
    }
}
