package app.users.standalone;

import app.users.embedded.MailServer;
import app.users.settings.InstallationProperties;
import app.users.settings.InvalidSetting;
import app.users.settings.Require;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/** Which servers come along, and where they listen: on 127.0.0.1, unless a setting says otherwise. */
@ConfigurationProperties("users.embedded")
record EmbeddedSettings(
        @DefaultValue Postgres postgres,
        @DefaultValue Kafka kafka,
        @DefaultValue Mongo mongo,
        @DefaultValue Mail mail) {

    /**
     * Off when {@code spring.datasource.*} names another PostgreSQL.
     *
     * @param enabled whether PostgreSQL comes along; false when {@code spring.datasource.*} names another
     * @param port where PostgreSQL listens
     */
    record Postgres(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("5433") int port) {

        Postgres {
            Require.port("users.embedded.postgres.port", port);
        }
    }

    /**
     * Off when {@code spring.kafka.bootstrap-servers} names other brokers.
     *
     * @param enabled whether Kafka comes along; false when {@code spring.kafka.bootstrap-servers} names another
     * @param port where Kafka listens
     * @param controllerPort where Kafka's controller listens
     */
    record Kafka(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("9092") int port,
            @DefaultValue("9093") int controllerPort) {

        Kafka {
            Require.port("users.embedded.kafka.port", port);
            Require.port("users.embedded.kafka.controller-port", controllerPort);
        }
    }

    /**
     * Off when {@code spring.mongodb.uri} names another MongoDB.
     *
     * @param enabled whether the MongoDB emulator comes along; false when {@code spring.mongodb.uri} names another
     * @param port where the MongoDB emulator listens
     */
    record Mongo(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("27017") int port) {

        Mongo {
            Require.port("users.embedded.mongo.port", port);
        }
    }

    /**
     * Off when {@code spring.mail.*} names another mail server.
     *
     * @param enabled whether a mail server comes along; false when {@code spring.mail.*} names another
     * @param address where all of it listens; 0.0.0.0 in a container, whose ports are published or not
     * @param hosts further names in the {@code Host} of requests to the page; localhost, 127.0.0.1 and [::1] are always known
     * @param smtpPort where mails are taken
     * @param imapPort where a mail program reads them
     * @param pagePort where a browser shows them
     */
    record Mail(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("127.0.0.1") String address,
            @DefaultValue List<String> hosts,
            @DefaultValue("1025") int smtpPort,
            @DefaultValue("1143") int imapPort,
            @DefaultValue("8025") int pagePort) {

        Mail {
            hosts = List.copyOf(hosts);
            Require.text("users.embedded.mail.address", address);
            Require.port("users.embedded.mail.smtp-port", smtpPort);
            Require.port("users.embedded.mail.imap-port", imapPort);
            Require.port("users.embedded.mail.page-port", pagePort);
        }

        MailServer start(Path data) {
            return MailServer.start(
                    data.resolve("mails"),
                    new MailServer.Doors(address, smtpPort, imapPort, pagePort, Set.copyOf(hosts)));
        }
    }

    static EmbeddedSettings from(Environment environment) {
        EmbeddedSettings settings =
                Binder.get(environment).bindOrCreate("users.embedded", Bindable.of(EmbeddedSettings.class));
        if (InstallationProperties.of(environment).isProduction()) {
            refuse("postgres", settings.postgres.enabled, "spring.datasource.url");
            refuse("kafka", settings.kafka.enabled, "spring.kafka.bootstrap-servers");
            refuse("mongo", settings.mongo.enabled, "spring.mongodb.uri");
            refuse("mail", settings.mail.enabled, "spring.mail.host");
        }
        return settings;
    }

    /** The servers start before files of settings are read, so such a file comes too late. */
    void checkUnchanged(Environment complete) {
        if (!equals(from(complete))) {
            throw new InvalidSetting(
                    "users.embedded", "is set in a file; set it by arguments or environment variables instead");
        }
    }

    private static void refuse(String server, boolean enabled, String own) {
        if (enabled) {
            throw new InvalidSetting(
                    "users.embedded." + server + ".enabled",
                    "is true; users.mode=production needs a server of your own: set it to false, and " + own
                            + " to where yours is");
        }
    }
}
