package app.users.standalone;

import java.nio.file.Path;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/** Which servers come along, and where they listen; all on 127.0.0.1. */
record EmbeddedSettings(
        @DefaultValue Postgres postgres,
        @DefaultValue Kafka kafka,
        @DefaultValue Mongo mongo,
        @DefaultValue Mail mail) {

    /** Off when {@code spring.datasource.*} names another PostgreSQL. */
    record Postgres(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("5433") int port) {}

    /** Off when {@code spring.kafka.bootstrap-servers} names other brokers. */
    record Kafka(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("9092") int port,
            @DefaultValue("9093") int controllerPort) {}

    /** Off when {@code spring.mongodb.uri} names another MongoDB. */
    record Mongo(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("27017") int port) {}

    /** Off when {@code spring.mail.*} names another mail server. */
    record Mail(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("1025") int smtpPort,
            @DefaultValue("1143") int imapPort,
            @DefaultValue("8025") int pagePort) {}

    static EmbeddedSettings from(Environment environment) {
        return Binder.get(environment).bindOrCreate("users.embedded", Bindable.of(EmbeddedSettings.class));
    }

    static Path data(Environment environment) {
        return Path.of(environment.getProperty("users.data", "data"))
                .toAbsolutePath()
                .normalize();
    }
}
