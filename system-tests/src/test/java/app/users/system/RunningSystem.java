package app.users.system;

import app.users.testservers.TestServers;
import java.net.URI;
import java.util.List;

/** The whole system, started from its jars, with its doors and what lies behind them. */
sealed interface RunningSystem extends AutoCloseable permits StandaloneSystem, SeparateSystem {

    /** The base that the contract's paths are relative to; it ends in {@code /users/}. */
    URI users();

    TestServers.Database eventStore();

    String kafka();

    String mongoUri();

    /** The texts of the mails that have arrived, oldest first. */
    List<String> mailsTo(String address);

    default Client client() {
        return Client.of(users());
    }

    @Override
    void close();
}
