package app.users.web.problem;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/** Problem answers in the caller's language. */
@Configuration(proxyBeanMethods = false)
public class ProblemConfiguration {

    @Bean
    Texts webTexts() {
        return new Texts();
    }

    @Bean
    LocaleResolver localeResolver() {
        AcceptHeaderLocaleResolver resolver = new AcceptHeaderLocaleResolver();
        resolver.setSupportedLocales(Texts.LANGUAGES);
        resolver.setDefaultLocale(Texts.LANGUAGES.getFirst());
        return resolver;
    }

    @Bean
    Problems webProblems(JsonMapper json, Texts texts, LocaleResolver localeResolver) {
        return new Problems(json, texts, localeResolver);
    }

    @Bean
    ProblemAdvice webProblemAdvice(Problems problems) {
        return new ProblemAdvice(problems);
    }
}
