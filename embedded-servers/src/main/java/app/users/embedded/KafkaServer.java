package app.users.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One Kafka broker with its controller inside this JVM; its data survives restarts and kills. */
public final class KafkaServer implements AutoCloseable {

    private final KafkaRaftServer server;
    private final int port;

    private KafkaServer(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    public static KafkaServer start(Path folder, int port, int controllerPort) {
        return start(folder, port, controllerPort, Map.of());
    }

    /** @param further settings of the broker, which replace others of the same name */
    public static KafkaServer start(Path folder, int port, int controllerPort, Map<String, String> further) {
        PortTaken.check("Kafka", port, "users.embedded.kafka.port");
        PortTaken.check("Kafka's controller", controllerPort, "users.embedded.kafka.controller-port");
        Path data = folder.toAbsolutePath();
        try {
            Files.createDirectories(data.getParent());
            CompleteFolder.deleteAbandoned(data);
            if (!Files.exists(data.resolve("meta.properties"))) {
                CompleteFolder.make(data, KafkaServer::format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka cannot write to " + data, e);
        }
        Properties settings = settings(data, port, controllerPort);
        settings.putAll(further);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        server.startup();
        return new KafkaServer(server, port);
    }

    private static void format(Path data) throws IOException {
        try (PrintStream silence = new PrintStream(OutputStream.nullOutputStream())) {
            Formatter formatter = new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setPrintStream(silence);
            // run() declares every Exception; a future narrows that to one
            FutureTask<Void> formatting = new FutureTask<>(() -> {
                formatter.run();
                return null;
            });
            formatting.run();
            formatting.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException("Kafka cannot format " + data, e);
        }
    }

    private static Properties settings(Path data, int port, int controllerPort) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        p.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        p.put("controller.listener.names", "CONTROLLER");
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("log.dirs", data.toString());
        p.put("auto.create.topics.enable", "false");
        p.put("num.partitions", "3");
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "8");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("transaction.state.log.num.partitions", "4");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("share.coordinator.state.topic.num.partitions", "1");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("log.segment.bytes", "67108864");
        p.put("log.index.size.max.bytes", "1048576");
        p.put("log.cleaner.dedupe.buffer.size", "16777216");
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("controller.quorum.election.timeout.ms", "300");
        p.put("controller.quorum.fetch.timeout.ms", "500");
        // shorter makes restarts quicker, but a busy machine then loses its broker
        p.put("broker.session.timeout.ms", "9000");
        p.put("broker.heartbeat.interval.ms", "500");
        return p;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
