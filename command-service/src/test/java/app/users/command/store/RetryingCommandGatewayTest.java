package app.users.command.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import app.users.web.problem.Rejected;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

class RetryingCommandGatewayTest {

    private final CommandBus bus = SimpleCommandBus.builder().build();
    private final RetryingCommandGateway gateway = new RetryingCommandGateway(bus, new Origin());
    private int tries;

    @Test
    void triesAgainUntilNoOtherProcessIsFaster() {
        fails(List.of(new ConcurrencyException("taken"), new CannotAcquireLockException("deadlock")));
        assertThat(gateway.<String>sendAndWait("command")).isEqualTo("done");
        assertThat(tries).isEqualTo(3);
    }

    @Test
    void givesUpAfterTenTries() {
        fails(Stream.generate(() -> new ConcurrencyException("taken")).limit(20).toList());
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> gateway.sendAndWait("command"))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo("conflict"));
        assertThat(tries).isEqualTo(10);
    }

    @Test
    void throwsEveryOtherFailureAsItIs() {
        fails(List.of(new IllegalStateException("broken")));
        assertThatIllegalStateException()
                .isThrownBy(() -> gateway.sendAndWait("command"))
                .withMessage("broken");
        assertThat(tries).isOne();
    }

    private void fails(List<? extends RuntimeException> failures) {
        Deque<RuntimeException> left = new ArrayDeque<>(failures);
        var unused = bus.subscribe(String.class.getName(), _ -> {
            tries++;
            if (!left.isEmpty()) {
                throw left.pop();
            }
            return "done";
        });
    }
}
