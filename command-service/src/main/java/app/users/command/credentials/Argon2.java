package app.users.command.credentials;

import com.goterl.lazysodium.SodiumJava;
import com.sun.jna.NativeLong;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Argon2id by libsodium, or by Bouncy Castle at half the speed where the native library does not load; same bytes. */
@FunctionalInterface
public interface Argon2 {

    byte[] hash(byte[] password, byte[] salt, int memoryKib, int passes);

    static Argon2 fastest() {
        Logger log = LoggerFactory.getLogger(Argon2.class);
        try {
            SodiumJava sodium = new SodiumJava();
            return (password, salt, memory, passes) -> bySodium(sodium, password, salt, memory, passes);
        } catch (UnsatisfiedLinkError | NoClassDefFoundError | RuntimeException e) {
            log.warn("libsodium does not load here, passwords are hashed by Bouncy Castle: {}", e.toString());
            return Argon2::byBouncyCastle;
        }
    }

    private static byte[] bySodium(SodiumJava sodium, byte[] password, byte[] salt, int memory, int passes) {
        byte[] hash = new byte[32];
        int argon2id13 = 2;
        int failed = sodium.crypto_pwhash(
                hash, hash.length, password, password.length, salt, passes, new NativeLong(memory * 1024L), argon2id13);
        if (failed != 0) {
            throw new IllegalStateException("Argon2id could not get its " + memory + " KiB");
        }
        return hash;
    }

    static byte[] byBouncyCastle(byte[] password, byte[] salt, int memory, int passes) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withIterations(passes)
                .withMemoryAsKB(memory)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[32];
        generator.generateBytes(password, hash);
        return hash;
    }
}
