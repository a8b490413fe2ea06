package app.users.command.store;

import app.users.command.keys.MasterKeyRotation;
import app.users.command.keys.UserKeys;
import app.users.settings.InstallationProperties;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;

/** The parts of Axon that its auto-configuration does not find on this version of Spring Boot, declared by hand. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClockProperties.class)
public class StoreConfiguration {

    /**
     * A place in the sequence of events that is still empty may be filled by a transaction under way. Axon would give it up by
     * comparing the clocks of two machines: so never (24 days). It is given up when the sequence is this much further; no
     * transaction outlives 5 s (see the data source), and so many events are not stored in 5 s.
     */
    private static final int GAP_TIMEOUT_MILLIS = Integer.MAX_VALUE;

    private static final int MOST_GAP_OFFSET = 100_000;

    /** The states of PostgreSQL for a duplicate key and for a deadlock. */
    private static final Set<String> RIVAL_FIRST = Set.of("23505", "40P01");

    @Bean
    SmartInitializingSingleton eventTableRights(JdbcTemplate jdbc, Environment environment, PostgresServer postgres) {
        EventTableRights rights = new EventTableRights(jdbc, InstallationProperties.of(environment));
        return () -> postgres.await(rights::check);
    }

    @Bean
    SmartInitializingSingleton clockSkewCheck(ClockSkew skew, PostgresServer postgres) {
        return () -> postgres.await(skew::check);
    }

    @Bean
    ClockSkew commandClockSkew(JdbcTemplate jdbc, Clock clock, ClockProperties properties) {
        return new ClockSkew(jdbc, clock, properties.maxSkew());
    }

    @Bean
    MeterBinder commandClockMetrics(ClockSkew skew) {
        return meters -> Gauge.builder("users.clock.skew", skew, ClockSkew::seconds)
                .baseUnit("seconds")
                .description("how far this machine's clock is ahead of PostgreSQL's")
                .register(meters);
    }

    @Bean
    PostgresServer postgresServer(JdbcConnectionDetails details) {
        return new PostgresServer(details);
    }

    /** Flyway is the first to use PostgreSQL: everything else that does depends on it. */
    @Bean
    FlywayMigrationStrategy commandMigration(PostgresServer postgres) {
        return flyway -> postgres.await(() -> Migration.run(flyway));
    }

    @Bean
    SmartInitializingSingleton masterKeyRotationStart(MasterKeyRotation rotation, PostgresServer postgres) {
        return () -> postgres.await(rotation::start);
    }

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    ConnectionProvider commandConnectionProvider(DataSource dataSource) {
        return new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(dataSource));
    }

    @Bean
    @Primary
    Serializer serializer() {
        return Jackson3Serializer.builder().build();
    }

    @Bean
    Serializer messageSerializer() {
        return Jackson3Serializer.builder().build();
    }

    @Bean
    Serializer eventSerializer(Serializer serializer, UserKeys keys) {
        return new EventSerializer(serializer, keys);
    }

    @Bean
    EventStorageEngine eventStorageEngine(
            @Qualifier("eventSerializer") Serializer events,
            @Qualifier("userSnapshotSerializer") Serializer snapshots,
            SnapshotFilter filter,
            ConnectionProvider connections,
            TransactionManager transactions,
            UserKeys keys) {
        JdbcEventStorageEngine.Builder builder = JdbcEventStorageEngine.builder()
                .snapshotSerializer(snapshots)
                .snapshotFilter(filter)
                .eventSerializer(events)
                .connectionProvider(connections)
                .transactionManager(transactions)
                .schema(schema())
                .persistenceExceptionResolver(StoreConfiguration::isTakenVersion)
                .batchSize(500)
                .gapTimeout(GAP_TIMEOUT_MILLIS)
                .maxGapOffset(MOST_GAP_OFFSET);
        return new JsonbEventStorageEngine(builder, keys);
    }

    private static EventSchema schema() {
        return EventSchema.builder()
                .eventTable("domain_event_entry")
                .snapshotTable("snapshot_event_entry")
                .globalIndexColumn("global_index")
                .timestampColumn("time_stamp")
                .eventIdentifierColumn("event_identifier")
                .aggregateIdentifierColumn("aggregate_identifier")
                .sequenceNumberColumn("sequence_number")
                .typeColumn("type")
                .payloadTypeColumn("payload_type")
                .payloadRevisionColumn("payload_revision")
                .payloadColumn("payload")
                .metaDataColumn("meta_data")
                .build();
    }

    /**
     * Another transaction stored this version first: as a duplicate key, or as a deadlock of two transactions that each store events
     * of the same two users. Axon's own resolver looks for an exception class that PostgreSQL's driver never throws.
     */
    private static boolean isTakenVersion(Exception failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && RIVAL_FIRST.contains(String.valueOf(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    @Bean
    Announcements commandAnnouncements(DataSource dataSource) {
        return new Announcements(dataSource);
    }

    @Bean(name = "eventBus")
    EmbeddedEventStore eventStore(EventStorageEngine engine, Announcements announcements) {
        return new WakeableEventStore(EmbeddedEventStore.builder().storageEngine(engine), announcements);
    }

    @Bean
    TokenStore tokenStore(ConnectionProvider connections, Serializer serializer) {
        return JdbcTokenStore.builder()
                .connectionProvider(connections)
                .serializer(serializer)
                .schema(TokenSchema.builder()
                        .setTokenTable("token_entry")
                        .setProcessorNameColumn("processor_name")
                        .setTokenTypeColumn("token_type")
                        .build())
                .build();
    }

    @Bean
    Origin commandOrigin() {
        return new Origin();
    }

    @Bean
    CommandGateway commandGateway(CommandBus bus, Origin origin) {
        return new RetryingCommandGateway(bus, origin);
    }

    @Bean
    RecentAggregates recentUsers(EventStorageEngine engine) {
        return new RecentAggregates(engine, 20_000);
    }

    /**
     * Axon opens the transaction before it takes the aggregate's lock. With a lazy connection callers that queue for
     * one user hold no connection; otherwise they would starve the one whose turn it is.
     */
    @Bean
    static BeanPostProcessor commandLazyConnections() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (!(bean instanceof HikariDataSource pool)) {
                    return bean;
                }
                var lazy = new LazyConnectionDataSourceProxy(pool);
                lazy.setDefaultAutoCommit(true);
                lazy.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                return lazy;
            }
        };
    }
}
