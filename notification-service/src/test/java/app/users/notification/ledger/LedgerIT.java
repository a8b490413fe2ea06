package app.users.notification.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.users.events.MailState;
import app.users.events.MailState.Kind;
import app.users.events.MailState.State;
import app.users.notification.letters.Mail;
import app.users.testservers.LoneMongo;
import app.users.testservers.TestServers;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // set before each test
class LedgerIT {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(60);

    private MongoClient client;
    private MongoDatabase database;
    private Ledger ledger;

    @BeforeEach
    void open() {
        client = MongoClients.create(TestServers.mongoUri());
        database = client.getDatabase("ledger_it");
        database.drop();
        ledger = new Ledger(database);
        ledger.prepare();
    }

    @AfterEach
    void close() {
        client.close();
    }

    /** Otherwise its event counts as read, and the mail is lost with the primary. */
    @Test
    void aMailThatOnlyThePrimaryHasIsNotTakenOver() {
        try (LoneMongo mongo = new LoneMongo();
                MongoClient lone = MongoClients.create(mongo.uri())) {
            Ledger ledger = new Ledger(lone.getDatabase("ledger_it"));
            List<Mail> mails = List.of(mail(1));
            assertThatThrownBy(() -> ledger.add(mails, null, NOW)).isInstanceOf(MongoBulkWriteException.class);
            assertThatThrownBy(() -> ledger.add(mails, null, NOW)).isInstanceOf(MongoBulkWriteException.class);
        }
    }

    @Test
    void handsEachMailToOneSender() throws InterruptedException, ExecutionException {
        ledger.add(LongStream.range(0, 200).mapToObj(LedgerIT::mail).toList(), null, NOW);
        Queue<String> claimed = new ConcurrentLinkedQueue<>();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> all = IntStream.range(0, 8)
                    .mapToObj(i -> senders.submit(() -> {
                        for (LedgerEntry e = claim(NOW); e != null; e = claim(NOW)) {
                            claimed.add(e.event());
                        }
                    }))
                    .toList();
            for (Future<?> sender : all) {
                sender.get();
            }
        }
        assertThat(claimed).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void handsOutAgainWhenTheLeaseIsOver() {
        ledger.add(List.of(mail(1)), null, NOW);
        LedgerEntry first = claimed(NOW);
        assertThat(claim(NOW.plus(LEASE).minusMillis(1))).isNull();
        LedgerEntry second = claimed(NOW.plus(LEASE));
        assertThat(second.event()).isEqualTo(first.event());
        ledger.defer(first, State.DEFERRED, NOW, NOW);
        assertThat(claim(NOW.plus(LEASE)))
                .as("whose lease is over defers nothing")
                .isNull();
    }

    @Test
    void addsNothingTwice() {
        ledger.add(List.of(mail(1)), null, NOW);
        ledger.finish(state(claimed(NOW), DeliveryResult.SENT));
        ledger.add(List.of(mail(1), mail(2)), null, NOW);
        assertThat(claimed(NOW).event()).isEqualTo("e2");
        assertThat(claim(NOW)).isNull();
        assertThat(ledger.known(List.of("e1", "e2", "e3"))).containsExactlyInAnyOrder("e1", "e2");
    }

    @Test
    void holdsBackUntilReleased() {
        ledger.add(List.of(mail(1)), "users.events-0", NOW);
        ledger.add(List.of(mail(2)), "users.events-1", NOW);
        assertThat(claim(NOW)).isNull();
        ledger.erase(List.of(1L), NOW);
        ledger.release("users.events-0", NOW);
        LedgerEntry erased = claimed(NOW);
        assertThat(erased.event()).isEqualTo("e1");
        assertThat(erased.outcome()).isEqualTo(DeliveryResult.ERASED);
        assertThat(erased.mail()).isNull();
        assertThat(claim(NOW)).isNull();
    }

    @Test
    void keepsAnOutcomeThoughTheDatabaseWasDroppedMeanwhile() {
        ledger.add(List.of(mail(1)), null, NOW);
        LedgerEntry inHand = claimed(NOW);
        database.drop();
        ledger.note(inHand, DeliveryResult.SENT, NOW);
        ledger.add(List.of(mail(1)), null, NOW);
        LedgerEntry again = claimed(NOW);
        assertThat(again.outcome()).isEqualTo(DeliveryResult.SENT);
        assertThat(again.mail()).isNull();
    }

    @Test
    void leavesWhatIsFinalAsItIs() {
        ledger.add(List.of(mail(1)), null, NOW);
        LedgerEntry slow = claimed(NOW);
        ledger.finish(state(slow, DeliveryResult.SENT));
        ledger.note(slow, DeliveryResult.REFUSED, NOW);
        ledger.erase(List.of(1L), NOW);
        ledger.defer(slow, State.DEFERRED, NOW, NOW);
        ledger.tellAgain(slow, NOW);
        assertThat(claim(NOW)).isNull();
        assertThat(database.getCollection("mails").find().first())
                .containsEntry("state", "SENT")
                .doesNotContainKeys("mail", "due", "waits");
    }

    @Test
    void learnsWhatIsFinalEvenAboutWhatWaits() {
        ledger.add(List.of(mail(1)), null, NOW);
        ledger.learn(List.of(
                new MailState(1, 2, "e1", Kind.EMAIL, State.SENT, NOW, null),
                new MailState(2, 2, "e2", Kind.EMAIL, State.FAILED, NOW, "refused")));
        assertThat(claim(NOW)).isNull();
        assertThat(ledger.known(List.of("e1", "e2"))).hasSize(2);
        assertThat(ledger.waiting(Way.MAIL)).isZero();
    }

    @Test
    void forgetsWhatHasBeenFinalForLong() {
        ledger.add(List.of(mail(1), mail(2)), null, NOW);
        ledger.finish(state(claimed(NOW), DeliveryResult.SENT));
        ledger.forgetBefore(NOW.plusSeconds(1));
        assertThat(database.getCollection("mails").countDocuments(new Document()))
                .isEqualTo(1);
        assertThat(ledger.waiting(Way.MAIL)).isEqualTo(1);
    }

    @Test
    void knowsNoPositionOfAnotherTopicOrBehindTheEnd() {
        LedgerPositions positions = new LedgerPositions(database);
        TopicPartition partition = new TopicPartition("users.events", 0);
        assertThat(positions.next(partition, "first", 10)).isEmpty();
        positions.start(partition, "first", 3);
        assertThat(positions.move(partition, "first", 7)).isTrue();
        assertThat(positions.next(partition, "first", 7)).hasValue(7);
        assertThat(positions.next(partition, "first", 6)).isEmpty();
        assertThat(positions.next(partition, "second", 10)).isEmpty();
        assertThat(positions.move(partition, "second", 8)).isFalse();
        positions.start(partition, "second", 1);
        assertThat(positions.next(partition, "second", 10)).hasValue(1);
        database.drop();
        assertThat(positions.move(partition, "second", 8)).isFalse();
    }

    private @Nullable LedgerEntry claim(Instant now) {
        return ledger.claim(Way.MAIL, now, LEASE);
    }

    private LedgerEntry claimed(Instant now) {
        return Objects.requireNonNull(claim(now));
    }

    private static MailState state(LedgerEntry entry, DeliveryResult outcome) {
        return entry.become(outcome, NOW);
    }

    private static Mail mail(long user) {
        Instant expires = NOW.plusSeconds(600);
        return new Mail("e" + user, user, 2, Kind.EMAIL, "x@x.io", "Ivan", "en", "r", List.of(), null, expires);
    }
}
