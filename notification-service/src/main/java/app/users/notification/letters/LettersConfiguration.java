package app.users.notification.letters;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The templates, read and checked at the start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TemplateProperties.class, ConfirmationKey.class})
public class LettersConfiguration {

    @Bean
    Letters notificationLetters(TemplateProperties settings, ConfirmationKey key) {
        return new Letters(Templates.load(settings.templates()), key.codes(), Clock.systemUTC());
    }
}
