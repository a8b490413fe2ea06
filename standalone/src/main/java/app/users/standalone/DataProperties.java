package app.users.standalone;

import app.users.settings.Require;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/** @param data the folder of the embedded servers' data and of the keys that were made at the first start */
@ConfigurationProperties("users")
record DataProperties(@DefaultValue("data") String data) {

    DataProperties {
        Require.text("users.data", data);
    }

    static Path folder(Environment environment) {
        DataProperties properties = Binder.get(environment).bindOrCreate("users", Bindable.of(DataProperties.class));
        return Path.of(properties.data()).toAbsolutePath().normalize();
    }
}
