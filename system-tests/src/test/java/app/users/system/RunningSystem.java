package app.users.system;

import app.users.testservers.TestServers;
import java.net.URI;
import java.util.List;

/** The whole system, started from its jars, with its doors and what lies behind them. */
sealed interface RunningSystem extends AutoCloseable permits StandaloneSystem, SeparateSystem {

    /** The base that the contract's paths are relative to; it ends in {@code /users/}. */
    URI users();

    /** What its tokens say of themselves: the address of clients under the name that a person would type. */
    default String issuer() {
        return "http://localhost:" + users().getPort() + "/users";
    }

    TestServers.Database eventStore();

    String kafka();

    String mongoUri();

    Mails mails();

    /** The origins of everything that answers HTTP, the one that clients use first. */
    List<URI> doors();

    /** The base of the management endpoints of each process; each ends in {@code /actuator/}. */
    List<URI> managements();

    /** What operators send as {@code Authorization: Bearer}. */
    String managementToken();

    /** The private key that its access tokens are signed with: base64 of PKCS#8 DER. */
    String signingKey();

    /** The key of what it counts, in Base64. */
    String hashKey();

    /** What its processes have printed so far. */
    String printed();

    /** The Java processes that it is made of. */
    List<Long> pids();

    default Client client() {
        return Client.of(users());
    }

    @Override
    void close();
}
