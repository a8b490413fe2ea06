package app.users.command.relay;

import app.users.command.keys.UserKeys;
import app.users.events.Topics;
import app.users.kafka.ClientSettings;
import app.users.kafka.KafkaConfiguration;
import app.users.kafka.OwnTopics;
import app.users.kafka.TopicOffsets;
import app.users.kafka.lag.Reader;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;

/** The relay, its producer and its topic. */
@EnableScheduling
@Import(KafkaConfiguration.class)
@EnableConfigurationProperties(RelayProperties.class)
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
public class RelayConfiguration {

    @Bean
    RecordSender commandSender(KafkaProperties properties, KafkaConnectionDetails kafka, OwnTopics topics) {
        Map<String, Object> settings = ClientSettings.producer(properties, kafka);
        settings.putAll(RecordSender.SETTINGS);
        settings.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, UserPartitioner.class.getName());
        var producers = new DefaultKafkaProducerFactory<>(settings, new StringSerializer(), new ByteArraySerializer());
        return new RecordSender(new KafkaTemplate<>(producers), topics::require);
    }

    @Bean
    CheckedStore relayStore(
            EmbeddedEventStore store,
            TokenStore tokens,
            TransactionManager transactions,
            TopicOffsets offsets,
            OwnTopics topics,
            JdbcTemplate jdbc) {
        return new CheckedStore(store, tokens, transactions, offsets, topics, new Acknowledged(jdbc));
    }

    @Bean
    Publication commandPublication(RecordSender sender, UserKeys keys, JdbcTemplate jdbc) {
        return new Publication(sender, keys, jdbc);
    }

    @Bean
    Relay relay(Publication publication, CheckedStore store) {
        return new Relay(publication, store);
    }

    @Bean
    RelayPosition relayPosition(JdbcTemplate jdbc) {
        return new RelayPosition(jdbc);
    }

    @Bean
    TopicProgress topicProgress(CheckedStore store, RelayPosition position) {
        return new TopicProgress(store, position);
    }

    @Bean
    Reader relayReader(RelayPosition position) {
        return new Reader("relay", position::find);
    }

    @Bean
    CompactionUpkeep commandUpkeep(RecordSender sender) {
        return new CompactionUpkeep(sender);
    }

    @Bean
    SchedulingConfigurer commandRelaySchedule(CompactionUpkeep upkeep, RelayProperties properties) {
        return tasks -> tasks.addFixedDelayTask(
                new FixedDelayTask(upkeep::run, properties.housekeeping(), properties.housekeeping()));
    }

    /** One segment keeps the order; a failed batch is tried again and never skipped. */
    @Bean
    ConfigurerModule relayModule(CheckedStore store) {
        return configurer -> configurer.eventProcessing(processing -> processing
                .registerListenerInvocationErrorHandler(Relay.GROUP, c -> PropagatingErrorHandler.instance())
                .registerPooledStreamingEventProcessor(
                        Relay.GROUP,
                        c -> store,
                        (c, processor) -> processor
                                .initialSegmentCount(1)
                                .batchSize(500)
                                .tokenClaimInterval(1_000)
                                .initialToken(source -> source.createTailToken())));
    }

    /**
     * Compacted and never shortened: each event has its own key, only tombstones make one disappear. Events of many years are
     * sent again every day. By the time of the event, segments would be rolled and compacted at the wrong times, and the mail
     * service could not tell a repeat from news: so the timestamp of a record is the time of its append.
     */
    @Bean
    NewTopic usersEventsTopic(RelayProperties properties) {
        return TopicBuilder.name(Topics.EVENTS)
                .partitions(properties.partitions())
                .replicas(properties.replicas())
                .config(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                .config(TopicConfig.SEGMENT_MS_CONFIG, "3600000")
                .config(TopicConfig.SEGMENT_BYTES_CONFIG, "67108864")
                .config(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, "43200000")
                .config(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.5")
                .config(TopicConfig.DELETE_RETENTION_MS_CONFIG, "86400000")
                .config(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime")
                .build();
    }
}
