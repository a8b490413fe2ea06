package app.users.query.read;

import app.users.query.projection.Progress;
import app.users.query.view.MailStates;
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
    FreshViews queryFreshViews(UserViews views, Progress progress, ReadProperties properties) {
        return new FreshViews(views, progress, properties.patience());
    }

    @Bean
    UserController queryUserController(FreshViews fresh, UserViews views, ExecutorListProperties executors) {
        return new UserController(fresh, views, executors.fields());
    }

    @Bean
    MailController queryMailController(FreshViews fresh, MailStates mails) {
        return new MailController(fresh, mails);
    }
}
