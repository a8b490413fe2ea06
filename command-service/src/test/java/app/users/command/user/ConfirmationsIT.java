package app.users.command.user;

import static app.users.events.ConfirmationCode.Purpose.EMAIL;
import static app.users.events.ConfirmationCode.Purpose.NUMBER;
import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.CommandDatabase;
import app.users.command.store.KeyedHash;
import app.users.command.user.Confirmations.Granted;
import app.users.command.user.Confirmations.Refused;
import app.users.command.user.Confirmations.Right;
import app.users.command.user.Confirmations.TooMany;
import app.users.command.user.Confirmations.Tried;
import app.users.command.user.Confirmations.Wrong;
import app.users.events.ConfirmationCode;
import app.users.settings.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is counted, for whom, and when it is forgotten. */
class ConfirmationsIT {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String HERS = "hers@x.io";
    private static final String OTHER = "other@x.io";

    private static final JdbcTemplate JDBC = database();

    private final ConfirmationCode codes = new ConfirmationCode(new byte[32]);
    private final Tally tally = new Tally(JDBC, new KeyedHash(new byte[32]), Clock.fixed(NOW, ZoneOffset.UTC));
    private final Confirmations confirmations = new Confirmations(
            tally,
            codes,
            new ConfirmationProperties(
                    Duration.ofMinutes(10),
                    5,
                    Duration.ofSeconds(60),
                    10,
                    20,
                    false,
                    Key.of("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")));

    private static JdbcTemplate database() {
        var source = CommandDatabase.migrated();
        return new JdbcTemplate(source);
    }

    @BeforeEach
    void forget() {
        JDBC.update("delete from tally");
    }

    @Test
    void theNextCodeMayBeAskedForAfterTheCoolDown() {
        assertThat(confirmations.ask(EMAIL, 1, HERS, NOW))
                .isEqualTo(new Granted(NOW.plusSeconds(600), NOW.plusSeconds(60)));
        assertThat(confirmations.ask(EMAIL, 1, HERS, NOW.plusMillis(500)))
                .isEqualTo(new TooMany("too-soon", Duration.ofMillis(59_500)));
        assertThat(confirmations.ask(EMAIL, 1, HERS, NOW.plusSeconds(60))).isInstanceOf(Granted.class);
    }

    @Test
    void theTenthCodeSaysThatTheNextOneMayBeAskedForTomorrow() {
        askTenTimes(1, HERS);
        assertThat(confirmations.ask(EMAIL, 1, HERS, NOW.plusSeconds(3_600)))
                .isEqualTo(new TooMany("too-many-codes", Duration.ofHours(23)));
        Instant tomorrow = NOW.plus(Duration.ofDays(1));
        assertThat(confirmations.ask(EMAIL, 1, HERS, tomorrow))
                .isEqualTo(new Granted(tomorrow.plusSeconds(600), tomorrow.plusSeconds(60)));
    }

    @Test
    void anotherAddressDoesNotResetWhatTheUserHasHad() {
        askTenTimes(1, HERS);
        assertThat(confirmations.ask(EMAIL, 1, OTHER, NOW.plusSeconds(3_600)))
                .isEqualTo(new TooMany("too-many-codes", Duration.ofHours(23)));
    }

    @Test
    void anotherUserDoesNotResetWhatTheAddressHasHad() {
        askTenTimes(1, HERS);
        assertThat(confirmations.ask(EMAIL, 2, HERS, NOW.plusSeconds(3_600)))
                .isEqualTo(new TooMany("too-many-codes", Duration.ofHours(23)));
        assertThat(confirmations.ask(EMAIL, 2, OTHER, NOW.plusSeconds(3_600))).isInstanceOf(Granted.class);
    }

    @Test
    void theLimitThatBindsLongestIsTheOneThatIsTold() {
        askTenTimes(1, HERS);
        Instant later = NOW.plusSeconds(3_600);
        confirmations.ask(EMAIL, 2, OTHER, later);
        assertThat(confirmations.ask(EMAIL, 2, HERS, later.plusSeconds(1)))
                .isEqualTo(new TooMany("too-many-codes", Duration.ofHours(23).minusSeconds(1)));
        Instant almostTomorrow = NOW.plus(Duration.ofDays(1)).minusSeconds(30);
        confirmations.ask(EMAIL, 2, OTHER, almostTomorrow);
        assertThat(confirmations.ask(EMAIL, 2, HERS, almostTomorrow.plusSeconds(1)))
                .isEqualTo(new TooMany("too-soon", Duration.ofSeconds(59)));
    }

    @Test
    void emailAndNumberAreCountedApart() {
        confirmations.ask(EMAIL, 1, HERS, NOW);
        assertThat(confirmations.ask(NUMBER, 1, "+79967348137", NOW)).isInstanceOf(Granted.class);
    }

    @Test
    void twentyWrongCodesEndTheGuessingForTheDayWhateverTheNumberOfCodes() {
        for (int i = 0; i < 20; i++) {
            Confirmation code = Confirmation.requested("r" + i, HERS, NOW.plusSeconds(600));
            assertThat(tryCode(code, 1, HERS, wrong(code), NOW.plusSeconds(i))).isEqualTo(new Wrong());
        }
        Confirmation next = Confirmation.requested("next", HERS, NOW.plusSeconds(600));
        String right = codes.derive(EMAIL, 1, HERS, "next");
        TooMany refused = new TooMany("too-many-tries", Duration.ofDays(1).minusSeconds(60));
        assertThat(tryCode(next, 1, HERS, right, NOW.plusSeconds(60))).isEqualTo(refused);
        assertThat(tryCode(next, 1, OTHER, right, NOW.plusSeconds(60))).isEqualTo(refused);
        assertThat(tryCode(next, 2, HERS, right, NOW.plusSeconds(60))).isEqualTo(refused);
    }

    @Test
    void aRightCodeIsNoWrongTry() {
        for (int i = 0; i < 25; i++) {
            Confirmation code = Confirmation.requested("r" + i, HERS, NOW.plusSeconds(600));
            assertThat(tryCode(code, 1, HERS, codes.derive(EMAIL, 1, HERS, "r" + i), NOW))
                    .isEqualTo(new Right());
        }
    }

    @Test
    void eachRefusalSaysWhy() {
        Confirmation code = Confirmation.requested("r", HERS, NOW.plusSeconds(600));
        Confirmation dead = code;
        for (int i = 0; i < 5; i++) {
            dead = dead.failedOnce();
        }
        String right = codes.derive(EMAIL, 1, HERS, "r");
        assertThat(tryCode(Confirmation.none(), 1, HERS, right, NOW)).isEqualTo(new Refused("no-code"));
        assertThat(tryCode(dead, 1, HERS, right, NOW)).isEqualTo(new Refused("no-code"));
        assertThat(tryCode(code, 1, HERS, right, NOW.plusSeconds(600))).isEqualTo(new Refused("expired-code"));
        assertThat(tryCode(Confirmation.done(), 1, HERS, right, NOW)).isEqualTo(new Refused("already-confirmed"));
        assertThat(JDBC.queryForObject("select count(*) from tally", Long.class))
                .isZero();
    }

    @Test
    void whatIsOlderThanADayIsSweptAndTheRestStays() {
        tally.add("old", NOW.minus(Duration.ofDays(1)));
        tally.add("new", NOW.minus(Duration.ofDays(1)).plusMillis(1));
        tally.sweep();
        assertThat(JDBC.queryForObject("select count(*) from tally", Long.class))
                .isOne();
        assertThat(tally.newest("new", 5, NOW)).hasSize(1);
    }

    private void askTenTimes(long user, String address) {
        for (int i = 0; i < 10; i++) {
            Instant at = NOW.plusSeconds(i * 60L);
            Instant next = i < 9 ? at.plusSeconds(60) : NOW.plus(Duration.ofDays(1));
            assertThat(confirmations.ask(EMAIL, user, address, at)).isEqualTo(new Granted(at.plusSeconds(600), next));
        }
    }

    private Tried tryCode(Confirmation state, long user, String address, String code, Instant now) {
        return confirmations.tryCode(state, EMAIL, user, address, code, now);
    }

    private String wrong(Confirmation code) {
        String right = codes.derive(EMAIL, 1, HERS, String.valueOf(code.request()));
        return right.equals("000000") ? "000001" : "000000";
    }
}
