package app.users.command.leaving;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import app.users.command.CommandDatabase;
import app.users.command.aggregate.Commands;
import app.users.command.user.Outcome.Done;
import app.users.command.user.Outcome.Success;
import app.users.command.user.Reply;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class FailedErasureIT {

    @Test
    void ofOneUnusedUserStopsNoOther() {
        JdbcTemplate jdbc = new JdbcTemplate(CommandDatabase.migrated());
        jdbc.update("insert into credential (user_id, password_hash, epoch, used, created_at)"
                + " select id, 'hash', 0, false, now() - interval '100 days' from generate_series(1, 3) id");
        CommandGateway gateway = mock(CommandGateway.class);
        given(gateway.sendAndWait(any()))
                .willThrow(new IllegalStateException("cannot be loaded"))
                .willReturn(new Reply<>(2, new Success<>(Done.DONE)));
        new UnusedUsers(jdbc, new Commands(gateway), Clock.systemUTC(), Duration.ofDays(90)).erase();
        verify(gateway, times(3)).sendAndWait(any());
    }
}
