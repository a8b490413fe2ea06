package app.users.system;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The codes, and the wrong tries, that the command service has counted of one user and of some addresses. Moves nobody else's. */
final class CodeCounts {

    private final RunningSystem system;
    private final List<byte[]> hashes = new ArrayList<>();

    /** @param addresses emails or numbers that codes were sent to */
    CodeCounts(RunningSystem system, long user, String... addresses) {
        this.system = system;
        for (String what : List.of("code", "code-known", "wrong-code")) {
            for (String purpose : List.of("EMAIL", "NUMBER", "PASSWORD")) {
                hashes.add(hash(what + "/" + purpose + "/of/" + user));
                for (String address : addresses) {
                    hashes.add(hash(what + "/" + purpose + "/to/" + address.toLowerCase(Locale.ROOT)));
                }
            }
        }
    }

    /** Lets the time between two codes pass. */
    void letCoolDownPass() {
        update("UPDATE tally SET at = at - interval '61 seconds' WHERE hash = ANY (?)");
    }

    /** As if what was counted had been counted so often. */
    void repeat(int times) {
        update("""
                INSERT INTO tally (hash, at)
                SELECT hash, at - n * interval '10 minutes' FROM tally, generate_series(1, %d) n
                WHERE hash = ANY (?)""".formatted(times));
    }

    private void update(String sql) {
        try (Connection owner = system.eventStore().connectAsOwner();
                PreparedStatement update = owner.prepareStatement(sql)) {
            update.setArray(1, owner.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
            if (update.executeUpdate() == 0) {
                throw new IllegalStateException("nothing was counted of this user");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the command service hashes it. */
    private byte[] hash(String counted) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(system.hashKey()), "HmacSHA256"));
            mac.update("tally\0".getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(counted.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
