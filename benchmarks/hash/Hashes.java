import com.goterl.lazysodium.SodiumJava;
import com.sun.jna.NativeLong;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * What the hash of a password costs by itself, library by library, on one thread and on one for each core, as a Markdown
 * table. Takes the seconds of each row. Needs the libraries of a built {@code ./run}.
 */
final class Hashes {

    private static final int ARGON2ID = 2;
    private static final byte[] PASSWORD = "Str0ng-Passw0rd!".getBytes();
    private static final byte[] SALT = new byte[16];

    private Hashes() {}

    public static void main(String[] arguments) throws InterruptedException {
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 8;
        SodiumJava sodium = new SodiumJava();
        System.out.println("| library | memory KiB | passes | threads | hashes/s | CPU ms a hash |\n|---|---|---|---|---|---|");
        for (int[] cost : new int[][] {{7168, 5}, {19456, 2}}) {
            for (int threads : new int[] {1, Runtime.getRuntime().availableProcessors()}) {
                measure("libsodium", cost, threads, seconds, () -> bySodium(sodium, cost[0], cost[1]));
                measure("Bouncy Castle", cost, threads, seconds, () -> byBouncyCastle(cost[0], cost[1]));
            }
        }
    }

    private static void measure(String library, int[] cost, int threads, long seconds, Runnable hash)
            throws InterruptedException {
        run(threads, 2, hash);
        long cpu = cpuNanos();
        long start = System.nanoTime();
        long hashes = run(threads, seconds, hash);
        System.out.printf(
                "| %s | %d | %d | %d | %.0f | %.2f |%n",
                library,
                cost[0],
                cost[1],
                threads,
                hashes / ((System.nanoTime() - start) / 1e9),
                (cpuNanos() - cpu) / 1e6 / hashes);
    }

    private static long run(int threads, long seconds, Runnable hash) throws InterruptedException {
        LongAdder hashes = new LongAdder();
        CountDownLatch done = new CountDownLatch(threads);
        long end = System.nanoTime() + seconds * 1_000_000_000;
        for (int i = 0; i < threads; i++) {
            Thread.ofPlatform().start(() -> {
                while (System.nanoTime() < end) {
                    hash.run();
                    hashes.increment();
                }
                done.countDown();
            });
        }
        done.await();
        return hashes.sum();
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void bySodium(SodiumJava sodium, int memory, int passes) {
        byte[] hash = new byte[32];
        int failed = sodium.crypto_pwhash(
                hash, hash.length, PASSWORD, PASSWORD.length, SALT, passes, new NativeLong(memory * 1024L), ARGON2ID);
        if (failed != 0) {
            throw new IllegalStateException("no memory for a hash");
        }
    }

    private static void byBouncyCastle(int memory, int passes) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withIterations(passes)
                .withMemoryAsKB(memory)
                .withParallelism(1)
                .withSalt(SALT)
                .build());
        generator.generateBytes(PASSWORD, new byte[32]);
    }
}
