package app.users.standalone;

import app.users.embedded.MailServer;
import app.users.embedded.PortTaken;
import app.users.embedded.PostgresRoles;
import app.users.settings.InstallationProperties;
import app.users.settings.SettingFailure;
import app.users.settings.SettingsCheck;
import ch.qos.logback.classic.Level;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Starts the servers and the services, says when they are ready, and stops them in the right order. */
public final class StandaloneApplication {

    /** More than a broker or PostgreSQL takes to come back after a crash. */
    private static final Duration WITHOUT_PROGRESS = Duration.ofMinutes(1);

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    /** Held until the process ends. */
    private static @Nullable DataFolder held;

    private static volatile int exitCode;

    private StandaloneApplication() {}

    public static void main(String[] args) {
        PrintStream out = System.out;
        quiet();
        try {
            switch (args.length == 0 ? "" : args[0]) {
                case "rotate-signing-key" -> rotateSigningKey(args, out);
                case "rotate-master-key" -> rotateMasterKey(args, out);
                case "mails" -> mails(args, out);
                default -> run(args, out);
            }
        } catch (RuntimeException e) {
            refuse(e);
        }
    }

    /** Prints the reason and ends the process; of several failures only the first is printed. */
    private static synchronized void refuse(Throwable failure) {
        System.err.println("Users did not start: " + reason(failure));
        System.exit(1);
    }

    /** Ends the running process: the reason, the services, the servers. */
    private static void end(Exception failure) {
        System.err.println("Users stops: " + failure.getMessage());
        exitCode = 1;
        System.exit(exitCode);
    }

    private static void rotateSigningKey(String[] args, PrintStream out) {
        Path data = DataProperties.folder(settings(args));
        try (DataFolder folder = DataFolder.open(data)) {
            StandaloneSecrets.rotateSigningKey(folder.path());
        }
        out.println("There is a new signing key in " + data + ". Start again to sign with it;"
                + " tokens of the old one are good until they expire.");
    }

    private static void rotateMasterKey(String[] args, PrintStream out) {
        Path data = DataProperties.folder(settings(args));
        try (DataFolder folder = DataFolder.open(data)) {
            StandaloneSecrets.rotateMasterKey(folder.path());
        }
        out.println(
                "There is a new master key in " + data + ", beside the old one. Start again: the keys of all users are"
                        + " wrapped anew, and the log says when users.previous-master-keys is no longer needed."
                        + " A backup from before needs the old key still: keep it with the backup.");
    }

    /** The mail server alone, for services that are processes of their own. */
    private static void mails(String[] args, PrintStream out) {
        ConfigurableEnvironment settings = settings(args);
        SettingsCheck.check(settings);
        Path data = DataProperties.folder(settings);
        held = DataFolder.open(data);
        EmbeddedSettings.Mail mail = EmbeddedSettings.from(settings).mail();
        MailServer server = mail.start(data);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        out.println("Mails: http://localhost:" + mail.pagePort() + "/");
        out.println("SMTP:  port " + mail.smtpPort() + ", text messages by POST to /texts of the page");
        out.println("Data:  " + data + "  (stop with Ctrl-C)");
        out.flush();
    }

    private static ConfigurableEnvironment settings(String[] args) {
        ConfigurableEnvironment settings = new StandardEnvironment();
        settings.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
        return settings;
    }

    private static void run(String[] args, PrintStream out) {
        ConfigurableEnvironment settings = settings(args);
        SettingsCheck.check(settings);
        EmbeddedSettings embedded = EmbeddedSettings.from(settings);
        Path data = DataProperties.folder(settings);
        Map<String, Object> installation = new TreeMap<>();
        if (!InstallationProperties.of(settings).isProduction()) {
            held = DataFolder.open(data);
            installation.putAll(StandaloneSecrets.in(data));
        }
        if (embedded.postgres().enabled()) {
            installation.put("spring.flyway.placeholders.service_role", PostgresRoles.SERVICE);
        }
        if (embedded.kafka().enabled()) {
            // after a kill the consumers take over from their dead selves at once, not after the session timeout
            installation.put("spring.kafka.consumer.properties.group.instance.id", "standalone");
        }
        if (embedded.mail().enabled()) {
            installation.put("spring.mail.host", "127.0.0.1");
            installation.put("spring.mail.port", embedded.mail().smtpPort());
            installation.put(
                    "users.notification.sms.url",
                    "http://127.0.0.1:" + embedded.mail().pagePort() + "/texts");
            installation.put(
                    "users.pages.mails", "http://localhost:" + embedded.mail().pagePort() + "/");
        }
        EmbeddedServers servers = new EmbeddedServers(embedded, data);
        // without one of them nothing works: do not start the services first
        servers.onFailure(failure -> {
            servers.close();
            refuse(failure);
        });
        try {
            ConfigurableApplicationContext context = start(args, embedded, servers, installation);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(context, servers), "stop"));
            servers.keepRunning(StandaloneApplication::end);
            awaitViews(context, out);
            String port = context.getEnvironment().getProperty("local.server.port", "8080");
            String address = "http://localhost:" + port + "/users/";
            out.println("Ready: " + address);
            if (servers.mail != null) {
                servers.mail.join().home(URI.create(address));
                out.println("Mails: http://localhost:" + embedded.mail().pagePort() + "/");
            }
            out.println("Data:  " + data + "  (stop with Ctrl-C)");
            out.flush();
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    /** The servers start before Spring Boot has read how much is to be logged. */
    private static void quiet() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.WARN);
        }
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, QuietLogging.class.getName());
    }

    private static ConfigurableApplicationContext start(
            String[] args, EmbeddedSettings embedded, EmbeddedServers servers, Map<String, Object> installation) {
        return new SpringApplicationBuilder(StandaloneConfiguration.class)
                .web(WebApplicationType.SERVLET)
                .registerShutdownHook(false)
                .properties("spring.config.name=web,command,query,notification,standalone")
                .initializers(context -> {
                    embedded.checkUnchanged(context.getEnvironment());
                    ChosenPort.in(context.getEnvironment());
                    context.getEnvironment()
                            .getPropertySources()
                            .addAfter(
                                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                    new MapPropertySource("installation", installation));
                    ((GenericApplicationContext) context)
                            .registerBean("standaloneServers", EmbeddedServers.class, () -> servers);
                })
                .run(args);
    }

    private static void awaitViews(ConfigurableApplicationContext context, PrintStream out) {
        if (!new CompleteViews(context).await(new CatchUp(out::println, WITHOUT_PROGRESS, BETWEEN_LINES))) {
            out.println(
                    "The views are behind, and no event was sent or read for %d s; the health of the management port"
                                    .formatted(WITHOUT_PROGRESS.toSeconds())
                            + " says which server does not answer.");
        }
    }

    private static void stop(ConfigurableApplicationContext context, EmbeddedServers servers) {
        servers.stopWatching();
        context.close();
        servers.close();
        Runtime.getRuntime().halt(exitCode);
    }

    private static String reason(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof PortTaken || t instanceof PortInUseException) {
                return t instanceof PortInUseException busy
                        ? "Port %d is taken. Stop what uses it, or choose another: --server.port=<port>"
                                .formatted(busy.getPort())
                        : String.valueOf(t.getMessage());
            }
        }
        return SettingFailure.sentence(failure)
                .orElseGet(
                        () -> NestedExceptionUtils.getMostSpecificCause(failure).toString());
    }
}
