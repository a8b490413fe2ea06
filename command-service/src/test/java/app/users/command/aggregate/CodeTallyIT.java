package app.users.command.aggregate;

import static app.users.events.ConfirmationCode.Purpose.EMAIL;
import static app.users.events.ConfirmationCode.Purpose.NUMBER;
import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.CommandDatabase;
import app.users.command.keys.KeyedHash;
import app.users.command.user.CodeLimits;
import app.users.command.user.CodeRules.Counts;
import app.users.command.user.UserCommand.RequestCode;
import app.users.command.value.Identifier;
import app.users.events.ConfirmationCode.Purpose;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is counted, for whom, and when it is forgotten. */
class CodeTallyIT {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Identifier HERS = Identifier.ofEmail("hers@x.io");
    private static final Identifier OTHER = Identifier.ofEmail("other@x.io");
    private static final CodeLimits LIMITS = new CodeLimits(Duration.ofMinutes(10), 5, Duration.ofSeconds(60), 2, 3);

    private static final JdbcTemplate JDBC = new JdbcTemplate(CommandDatabase.migrated());

    private final Tally tally = new Tally(JDBC, new KeyedHash(new byte[32]), Clock.fixed(NOW, ZoneOffset.UTC));
    private final CodeTally codes = new CodeTally(tally, LIMITS);

    @BeforeEach
    void forget() {
        JDBC.update("delete from tally");
    }

    @Test
    void countsTheUserAndTheAddressEachOnItsOwn() {
        countSent(EMAIL, 1, HERS, NOW);
        countSent(EMAIL, 1, OTHER, NOW.plusSeconds(1));
        countSent(EMAIL, 2, HERS, NOW.plusSeconds(2));
        Instant later = NOW.plusSeconds(9);
        assertThat(sent(EMAIL, 1, HERS, later))
                .isEqualTo(new Counts(List.of(NOW.plusSeconds(1), NOW), List.of(NOW.plusSeconds(2), NOW)));
        assertThat(sent(EMAIL, 2, OTHER, later))
                .isEqualTo(new Counts(List.of(NOW.plusSeconds(2)), List.of(NOW.plusSeconds(1))));
    }

    @Test
    void emailAndNumberAndWrongCodesAreCountedApart() {
        countSent(EMAIL, 1, HERS, NOW);
        assertThat(sent(NUMBER, 1, Identifier.ofNumber("+79967348137"), NOW))
                .isEqualTo(new Counts(List.of(), List.of()));
        assertThat(codes.wrong(EMAIL, 1, HERS, false, NOW)).isEqualTo(new Counts(List.of(), List.of()));
        codes.countWrong(EMAIL, 1, HERS, false, NOW);
        assertThat(codes.wrong(EMAIL, 1, HERS, false, NOW)).isEqualTo(new Counts(List.of(NOW), List.of(NOW)));
    }

    @Test
    void tellsNoMoreThanTheLimitNeedsToKnow() {
        for (int i = 0; i < 5; i++) {
            countSent(EMAIL, 1, HERS, NOW.plusSeconds(i));
            codes.countWrong(EMAIL, 1, HERS, false, NOW.plusSeconds(i));
        }
        Instant later = NOW.plusSeconds(9);
        assertThat(sent(EMAIL, 1, HERS, later).ofUser()).containsExactly(NOW.plusSeconds(4), NOW.plusSeconds(3));
        assertThat(codes.wrong(EMAIL, 1, HERS, false, later).toAddress()).hasSize(3);
    }

    @Test
    void aDayLaterNothingCounts() {
        countSent(EMAIL, 1, HERS, NOW);
        assertThat(sent(EMAIL, 1, HERS, NOW.plus(Duration.ofDays(1))).ofUser()).isEmpty();
    }

    /** Else a stranger who names somebody's email could use up the owner's codes and tries. */
    @Test
    void codesForAnAddressThatAnotherUserHasAreCountedApart() {
        RequestCode pending = new RequestCode("2", EMAIL, "r", "en", NOW);
        codes.countSent(pending, 2, HERS, true);
        codes.countWrong(EMAIL, 2, HERS, true, NOW);
        assertThat(sent(EMAIL, 1, HERS, NOW)).isEqualTo(new Counts(List.of(), List.of()));
        assertThat(codes.wrong(EMAIL, 1, HERS, false, NOW)).isEqualTo(new Counts(List.of(), List.of()));
        assertThat(codes.wrong(EMAIL, 2, HERS, true, NOW)).isEqualTo(new Counts(List.of(NOW), List.of()));
    }

    /** Else one stranger who also waits could use up the owner's codes, or unlimited ones could fill the owner's mailbox. */
    @Test
    void theFirstCodeOfWhoeverWaitsIsCountedApartUpToFiveTimesTheLimit() {
        countPending(2, NOW);
        countPending(2, NOW.plusSeconds(1));
        countPending(2, NOW.plusSeconds(2));
        Instant later = NOW.plusSeconds(60);
        assertThat(pending(2, later).toAddress()).containsExactly(NOW.plusSeconds(2), NOW.plusSeconds(1));
        assertThat(pending(3, later)).isEqualTo(new Counts(List.of(), List.of()));
        for (int user = 3; user < 12; user++) {
            assertThat(pending(user, later).toAddress()).isEmpty();
            countPending(user, NOW.plusSeconds(user));
        }
        assertThat(pending(12, later).toAddress()).containsExactly(NOW.plusSeconds(3), NOW);
    }

    @Test
    void allWhoWaitTogetherHaveFiveTimesTheTries() {
        for (int user = 2; user < 16; user++) {
            codes.countWrong(EMAIL, user, HERS, true, NOW.plusSeconds(user));
        }
        Instant later = NOW.plusSeconds(60);
        assertThat(codes.wrong(EMAIL, 20, HERS, true, later).toAddress()).isEmpty();
        codes.countWrong(EMAIL, 16, HERS, true, NOW.plusSeconds(16));
        assertThat(codes.wrong(EMAIL, 20, HERS, true, later).toAddress())
                .containsExactly(NOW.plusSeconds(4), NOW.plusSeconds(3), NOW.plusSeconds(2));
    }

    private Counts pending(long user, Instant now) {
        return codes.sent(new RequestCode("2", EMAIL, "r", "en", now), user, HERS, true);
    }

    private void countPending(long user, Instant now) {
        codes.countSent(new RequestCode("2", EMAIL, "r", "en", now), user, HERS, true);
    }

    @Test
    void codesForKnownNetworksAreCountedApart() {
        countSent(EMAIL, 1, HERS, NOW);
        RequestCode known = new RequestCode("1", EMAIL, "r", "en", true, NOW);
        assertThat(codes.sent(known, 1, HERS, false)).isEqualTo(new Counts(List.of(), List.of()));
        codes.countSent(known, 1, HERS, false);
        assertThat(codes.sent(known, 1, HERS, false)).isEqualTo(new Counts(List.of(NOW), List.of(NOW)));
        assertThat(sent(EMAIL, 1, HERS, NOW).ofUser()).hasSize(1);
    }

    @Test
    void subAddressesOfAMailboxCountAsOne() {
        countSent(EMAIL, 1, Identifier.ofEmail("hers+1@x.io"), NOW);
        assertThat(sent(EMAIL, 2, Identifier.ofEmail("Hers+other@x.io"), NOW).toAddress())
                .hasSize(1);
        assertThat(sent(EMAIL, 2, HERS, NOW).toAddress()).hasSize(1);
        assertThat(sent(EMAIL, 2, Identifier.ofEmail("+hers@x.io"), NOW).toAddress())
                .isEmpty();
    }

    private Counts sent(Purpose purpose, long user, Identifier address, Instant now) {
        return codes.sent(new RequestCode("1", purpose, "r", "en", now), user, address, false);
    }

    private void countSent(Purpose purpose, long user, Identifier address, Instant now) {
        codes.countSent(new RequestCode("1", purpose, "r", "en", now), user, address, false);
    }

    @Test
    void whatIsOlderThanADayIsSweptAndTheRestStays() {
        for (int i = 0; i < 2_500; i++) {
            tally.add("old", NOW.minus(Duration.ofDays(1)));
        }
        tally.add("new", NOW.minus(Duration.ofDays(1)).plusMillis(1));
        tally.sweep();
        assertThat(JDBC.queryForObject("select count(*) from tally", Long.class))
                .isOne();
        assertThat(tally.newest("new", 5, NOW)).hasSize(1);
    }
}
