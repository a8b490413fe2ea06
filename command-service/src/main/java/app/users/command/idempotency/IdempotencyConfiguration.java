package app.users.command.idempotency;

import app.users.command.credentials.LiveSessions;
import app.users.command.keys.KeyedHash;
import app.users.command.keys.UserKeys;
import app.users.web.order.RequestOrder;
import java.time.Clock;
import java.util.List;
import org.axonframework.config.ConfigurerModule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Writes that a client may repeat. */
@Configuration(proxyBeanMethods = false)
@Import(AlreadyAnsweredAdvice.class)
public class IdempotencyConfiguration {

    @Bean
    StoredAnswers idempotentAnswers(JdbcTemplate jdbc, UserKeys keys, Clock clock) {
        return new StoredAnswers(jdbc, keys, clock);
    }

    /** Inside the command bus, which has opened the transaction by then. */
    @Bean
    ConfigurerModule idempotencyModule(StoredAnswers answers, JsonMapper json) {
        return configurer -> configurer.onInitialize(configuration -> configuration.onStart(() -> {
            var unused = configuration.commandBus().registerHandlerInterceptor(new AnswerInterceptor(answers, json));
        }));
    }

    @Bean
    WebMvcConfigurer idempotencyKeys(StoredAnswers answers, LiveSessions sessions, KeyedHash hash, JsonMapper json) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new IdempotencyInterceptor(answers, sessions, hash, json))
                        .addPathPatterns("/users/**")
                        .order(RequestOrder.IDEMPOTENCY);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new AttemptArgument());
            }
        };
    }
}
