package app.users.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/** @param mode {@code production} refuses embedded servers, and keys that are missing or could be guessed */
@ConfigurationProperties("users")
public record InstallationProperties(
        @DefaultValue("standalone") Mode mode) {

    public static InstallationProperties of(Environment environment) {
        return Binder.get(environment).bindOrCreate("users", Bindable.of(InstallationProperties.class));
    }

    public boolean isProduction() {
        return mode == Mode.PRODUCTION;
    }
}
