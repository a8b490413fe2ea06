package app.users.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventKeyTest {

    @Test
    void readsWhatItWrites() {
        assertThat(EventKey.parse(new EventKey(12, 3).toString())).contains(new EventKey(12, 3));
    }

    @Test
    void ticksAndStrangersAreNoEvents() {
        assertThat(EventKey.parse("_tick/0")).isEmpty();
        assertThat(EventKey.parse("abc/1")).isEmpty();
        assertThat(EventKey.parse("12")).isEmpty();
        assertThat(EventKey.parse("/1")).isEmpty();
    }
}
