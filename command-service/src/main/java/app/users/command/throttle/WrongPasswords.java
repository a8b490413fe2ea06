package app.users.command.throttle;

import app.users.command.keys.KeyedHash;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.EstimationProbe;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Counts wrong passwords against the user or the unknown identifier. A network from which the user signed in
 * recently has its own count. All other networks share one, so a stranger's wrong passwords do not lock the user
 * out at a known network. The answer does not reveal whether the user exists.
 */
public class WrongPasswords {

    private final Buckets buckets;
    private final KeyedHash hash;
    private final Budget ofNetworks;
    private final BucketConfiguration limits;
    private final Limit narrowest;
    private final String purpose;
    private final byte[] elsewhere;

    /** Tries that are being hashed now. They count against the limit too, so parallel requests cannot exceed it. */
    private final ConcurrentMap<String, Integer> underWay = new ConcurrentHashMap<>();

    WrongPasswords(Buckets buckets, KeyedHash hash, ThrottleProperties properties, Budget ofNetworks) {
        this.buckets = buckets;
        this.hash = hash;
        this.ofNetworks = ofNetworks;
        List<Limit> counts = Objects.requireNonNull(properties.wrongPasswords());
        this.purpose = "wrong-passwords-" + Buckets.name(counts);
        this.elsewhere = hash.of(purpose, "");
        this.limits = Buckets.configuration(counts);
        this.narrowest = Collections.min(counts, Comparator.comparingLong(Limit::count));
    }

    /**
     * Where passwords are tried from. The count of a try is the row of the table {@code throttle} whose id is the hexadecimal
     * SHA-256 of this and of whom it is tried for.
     *
     * @param address of a client that the person is known to use, else empty
     */
    public byte[] place(String address) {
        return address.isEmpty() ? elsewhere : hash.of(purpose, Network.of(address));
    }

    /**
     * @param whom the id of the person as 8 bytes, or the keyed hash of the identifier where there is none; the id of the session
     *     as text where the person is signed in
     * @param address of a client that the person is known to use, else empty
     * @param counted whether there were wrong ones lately
     * @throws app.users.web.problem.Rejected when there were too many wrong ones
     */
    public Try begin(byte[] whom, String address, boolean counted) {
        return begun(new Try(key(whom, place(address)), counted, null));
    }

    /**
     * Begins a try from an address that the person is not known to use. It also counts for the network, whoever the person is: one
     * client must not try a common password for many people.
     *
     * @param address of the client
     */
    public Try beginElsewhere(byte[] whom, String address, boolean counted) {
        return begun(new Try(key(whom, elsewhere), counted, ofNetworks.reserve(Network.of(address))));
    }

    private static Try begun(Try one) {
        try {
            one.check();
            return one;
        } catch (RuntimeException e) {
            one.close();
            throw e;
        }
    }

    /** How a user is named in {@link #begin}. */
    public static byte[] user(long id) {
        return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
    }

    /** Forgets the wrong passwords that were tried for the user from networks that are not known. */
    public void forgetElsewhere(long user) {
        buckets.forget(key(user(user), elsewhere));
    }

    private static byte[] key(byte[] whom, byte[] place) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(place);
            return sha256.digest(whom);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        buckets.sweep();
    }

    /** One password being tried. */
    public final class Try implements AutoCloseable {

        private final byte[] key;
        private final String name;
        private final int rank;
        private final Budget.@Nullable Reservation ofNetwork;
        private boolean counted;

        private Try(byte[] key, boolean counted, Budget.@Nullable Reservation ofNetwork) {
            this.key = key;
            this.ofNetwork = ofNetwork;
            this.counted = counted;
            this.name = HexFormat.of().formatHex(key);
            this.rank = underWay.merge(name, 1, Integer::sum);
        }

        private void check() {
            if (rank > narrowest.count()) {
                // refused whatever is counted: a flood at once costs no query
                throw Buckets.throttled(narrowest.per().toNanos());
            }
            if (counted || rank > 1) {
                EstimationProbe probe = buckets.bucket(key, limits).estimateAbilityToConsume(rank);
                if (!probe.canBeConsumed()) {
                    throw Buckets.throttled(probe.getNanosToWaitForRefill());
                }
                counted = true;
            }
        }

        public void wrong() {
            boolean ignored = buckets.bucket(key, limits).tryConsume(1);
            if (ofNetwork != null) {
                ofNetwork.spend();
            }
        }

        /** Deletes the count of wrong passwords at once. Otherwise it decreases with time. */
        public void right() {
            if (counted) {
                buckets.forget(key);
            }
        }

        @Override
        public void close() {
            underWay.computeIfPresent(name, (n, tries) -> tries == 1 ? null : tries - 1);
            if (ofNetwork != null) {
                ofNetwork.close();
            }
        }
    }
}
