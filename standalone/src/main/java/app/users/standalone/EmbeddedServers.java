package app.users.standalone;

import app.users.embedded.DocumentServer;
import app.users.embedded.KafkaServer;
import app.users.embedded.MailServer;
import app.users.embedded.PostgresServer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers start in parallel with the services; a service that needs one waits for it. */
final class EmbeddedServers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServers.class);

    final @Nullable CompletableFuture<PostgresServer> postgres;
    final @Nullable CompletableFuture<KafkaServer> kafka;
    final @Nullable CompletableFuture<DocumentServer> mongo;
    final @Nullable CompletableFuture<MailServer> mail;
    private boolean closed;

    EmbeddedServers(EmbeddedSettings s, Path data) {
        postgres = !s.postgres().enabled()
                ? null
                : start(
                        "postgres",
                        () -> PostgresServer.start(
                                data.resolve("postgres"), s.postgres().port(), StandaloneSecrets.passwords(data)));
        kafka = !s.kafka().enabled()
                ? null
                : start(
                        "kafka",
                        () -> KafkaServer.start(
                                data.resolve("kafka"),
                                s.kafka().port(),
                                s.kafka().controllerPort()));
        mongo = !s.mongo().enabled()
                ? null
                : start("mongo", () -> DocumentServer.start(s.mongo().port()));
        mail = !s.mail().enabled() ? null : start("mail", () -> s.mail().start(data));
    }

    /** Starts PostgreSQL again whenever it ends; calls back when that is not possible. */
    void keepRunning(Consumer<Exception> failed) {
        if (postgres != null) {
            postgres.thenAccept(server -> server.keepRunning(failed));
        }
    }

    /** First step of the end: PostgreSQL may get the signal that ends this process, too. */
    void stopWatching() {
        if (postgres != null && postgres.isDone() && !postgres.isCompletedExceptionally()) {
            postgres.join().stopWatching();
        }
    }

    /** Calls back for each server that fails to start, as soon as it fails. */
    void onFailure(Consumer<Throwable> told) {
        Stream.of(postgres, kafka, mongo, mail)
                .filter(Objects::nonNull)
                .forEach(server -> server.whenComplete((started, failure) -> {
                    if (failure != null) {
                        told.accept(failure);
                    }
                }));
    }

    /** On platform threads: class loading from many virtual ones at once has hung. */
    private static <T> CompletableFuture<T> start(String name, Supplier<T> server) {
        return CompletableFuture.supplyAsync(
                server,
                task -> Thread.ofPlatform().daemon().name("start-" + name).start(task));
    }

    /** A second call waits until the first one has ended. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stop(kafka, KafkaServer::close);
        stop(mongo, DocumentServer::close);
        stop(mail, MailServer::close);
        stop(postgres, PostgresServer::close);
    }

    private static <T> void stop(@Nullable CompletableFuture<T> server, Consumer<T> stopping) {
        if (server == null) {
            return;
        }
        try {
            stopping.accept(server.join());
        } catch (CompletionException e) {
            LOG.debug("never started", e);
        } catch (RuntimeException e) {
            LOG.warn("did not stop cleanly: {}", e.toString());
        }
    }
}
