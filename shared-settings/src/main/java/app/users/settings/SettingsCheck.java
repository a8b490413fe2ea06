package app.users.settings;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/** Runs in every process before its beans are made: refuses unknown settings, and in production weak keys. */
public final class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    /** For what has to know before there is an application. */
    public static void check(ConfigurableEnvironment environment) {
        new KnownSettings().check(environment.getPropertySources());
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        check(context.getEnvironment());
        if (InstallationProperties.of(context.getEnvironment()).isProduction()) {
            context.getBeanFactory().addBeanPostProcessor(new ProductionKeys());
        }
    }

    /** When all sources of settings are there. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
