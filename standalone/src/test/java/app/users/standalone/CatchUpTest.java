package app.users.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.standalone.CatchUp.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final String LINE = "%d of %d";

    private final List<String> lines = new ArrayList<>();

    @Test
    void waitsUntilNothingIsLeft() {
        Iterator<Progress> looks = List.of(
                        new Progress(0, 2, false), new Progress(1, 2, false), new Progress(2, 2, true))
                .iterator();
        assertThat(new CatchUp(lines::add, LONG, LONG).await(LINE, looks::next)).isTrue();
        assertThat(looks).isExhausted();
        assertThat(lines).isEmpty();
    }

    @Test
    void saysHowFarItIs() {
        Iterator<Progress> looks = List.of(
                        new Progress(0, 2, false), new Progress(1, 2, false), new Progress(2, 2, true))
                .iterator();
        assertThat(new CatchUp(lines::add, LONG, Duration.ZERO).await(LINE, looks::next))
                .isTrue();
        assertThat(lines).containsExactly("0 of 2", "1 of 2");
    }

    @Test
    void givesUpWhenNothingMoves() {
        assertThat(new CatchUp(lines::add, Duration.ZERO, LONG).await(LINE, () -> new Progress(1, 2, false)))
                .isFalse();
    }
}
