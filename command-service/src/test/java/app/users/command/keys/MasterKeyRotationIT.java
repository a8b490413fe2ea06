package app.users.command.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import app.users.command.CommandDatabase;
import app.users.settings.InvalidSetting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Security line 28: users' keys move to a new master key while they are in use. */
class MasterKeyRotationIT {

    private static final byte[] OLD = "the master key until yesterday!!".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "the master key of today, another".getBytes(StandardCharsets.UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final DataSource DATABASE = CommandDatabase.migrated();

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(DATABASE));
    private final UserKeys old = new UserKeys(jdbc, OLD);

    @BeforeEach
    void empty() {
        jdbc.update("delete from user_key");
    }

    @Test
    void movesEveryKeySoThatTheOldMasterKeyOpensNone() {
        LongStream.rangeClosed(1, 1_100).forEach(old::create);
        byte[] sealed = old.seal(7, "note", new byte[] {1, 2}).orElseThrow();
        try (MasterKeyRotation rotation = rotation(transactions)) {
            rotation.start();
            await().atMost(PATIENCE).until(() -> wrappedUnder(NEW) == 1_100);
        }
        assertThat(new UserKeys(jdbc, NEW).open(7, "note", sealed)).hasValue(new byte[] {1, 2});
        assertThatIllegalStateException()
                .isThrownBy(() -> new UserKeys(jdbc, OLD).open(7, "note", sealed))
                .withMessageContaining("the key of user 7 does not open");
    }

    @Test
    void movesWhatDoesNotSayWhichMasterKeyItIsUnder() {
        LongStream.rangeClosed(1, 3).forEach(old::create);
        new UserKeys(jdbc, NEW).create(4);
        jdbc.update("update user_key set master_key = null");
        assertThat(both().existing(List.of(1L, 4L))).containsExactlyInAnyOrder(1L, 4L);
        try (MasterKeyRotation rotation = rotation(transactions)) {
            rotation.start();
            await().atMost(PATIENCE).until(() -> wrappedUnder(NEW) == 4);
        }
        assertThat(new UserKeys(jdbc, NEW).existing(List.of(1L))).containsExactly(1L);
    }

    @Test
    void leavesAloneWhatOpensWithNoKey() {
        LongStream.rangeClosed(1, 3).forEach(old::create);
        jdbc.update("update user_key set wrapped = 'tampered with, but long enough'::bytea where user_id = 2");
        try (MasterKeyRotation rotation = rotation(transactions)) {
            rotation.start();
            await().atMost(PATIENCE).until(() -> wrappedUnder(NEW) == 2);
        }
        assertThat(wrappedUnder(OLD)).isOne();
    }

    @Test
    void severalProcessesShareTheWork() {
        LongStream.rangeClosed(1, 1_100).forEach(old::create);
        try (MasterKeyRotation here = rotation(transactions);
                MasterKeyRotation there = rotation(transactions)) {
            here.start();
            there.start();
            await().atMost(PATIENCE).until(() -> wrappedUnder(NEW) == 1_100);
        }
        assertThat(new UserKeys(jdbc, NEW)
                        .existing(LongStream.rangeClosed(1, 1_100).boxed().toList()))
                .hasSize(1_100);
    }

    @Test
    void doesNotBringBackWhoIsErasedWhenTheirTurnComes() {
        LongStream.rangeClosed(1, 3).forEach(old::create);
        try (MasterKeyRotation rotation = rotation(transactions)) {
            transactions.executeWithoutResult(_ -> {
                both().destroy(2);
                rotation.start();
                await().atMost(PATIENCE)
                        .until(() -> CompletableFuture.supplyAsync(() -> wrappedUnder(NEW))
                                        .join()
                                == 2);
            });
        }
        assertThat(users()).containsExactly(1L, 3L);
        assertThat(wrappedUnder(NEW)).isEqualTo(2);
    }

    @Test
    void erasesWhoseKeyIsJustBeingMoved() {
        LongStream.rangeClosed(1, 3).forEach(old::create);
        CompletableFuture<Void> erasure = new CompletableFuture<>();
        try (MasterKeyRotation rotation = rotation(beforeTheFirstCommit(() -> {
            Thread.ofPlatform().start(() -> {
                both().destroy(2);
                erasure.complete(null);
            });
            await().atMost(PATIENCE).until(this::anErasureWaits);
        }))) {
            rotation.start();
            erasure.orTimeout(60, TimeUnit.SECONDS).join();
            await().atMost(PATIENCE).until(() -> wrappedUnder(NEW) == 2);
        }
        assertThat(users()).containsExactly(1L, 3L);
    }

    @Test
    void doesNotStartWithoutTheKeyThatSomeAreWrappedUnder() {
        old.create(1);
        new UserKeys(jdbc, NEW).create(2);
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(rotationWithoutPrevious()::start)
                .withMessageMatching("users\\.master-key is not the key that stored users' keys are wrapped under"
                        + " \\([0-9a-f]{8}\\); set it back, or add that one to users\\.previous-master-keys");
        jdbc.update("update user_key set master_key = null where user_id = 1");
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(rotationWithoutPrevious()::start)
                .withMessageContaining("users.previous-master-keys");
        jdbc.update("delete from user_key where user_id = 1");
        try (MasterKeyRotation rotation = rotationWithoutPrevious()) {
            rotation.start();
        }
    }

    private UserKeys both() {
        return new UserKeys(jdbc, new MasterKeys(NEW, List.of(OLD)));
    }

    private MasterKeyRotation rotation(TransactionTemplate transactions) {
        return new MasterKeyRotation(jdbc, transactions, both(), new MasterKeys(NEW, List.of(OLD)));
    }

    private MasterKeyRotation rotationWithoutPrevious() {
        return new MasterKeyRotation(jdbc, transactions, new UserKeys(jdbc, NEW), new MasterKeys(NEW, List.of()));
    }

    private static TransactionTemplate beforeTheFirstCommit(Runnable action) {
        AtomicBoolean first = new AtomicBoolean(true);
        return new TransactionTemplate(new JdbcTransactionManager(DATABASE) {
            @Override
            protected void doCommit(DefaultTransactionStatus status) {
                if (first.getAndSet(false)) {
                    action.run();
                }
                super.doCommit(status);
            }
        });
    }

    private boolean anErasureWaits() {
        return count("select count(*) from pg_stat_activity where datname = current_database()"
                        + " and wait_event_type = 'Lock' and query like 'delete from user_key%'")
                == 1;
    }

    private long wrappedUnder(byte[] master) {
        String fingerprint =
                new MasterKeys(master, List.of()).wrap(new byte[0], new byte[0]).masterKey();
        return count("select count(*) from user_key where master_key = '" + fingerprint + "'");
    }

    private long count(String sql) {
        return Objects.requireNonNull(jdbc.queryForObject(sql, Long.class));
    }

    private List<Long> users() {
        return jdbc.queryForList("select user_id from user_key order by 1", Long.class);
    }
}
