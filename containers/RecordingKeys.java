import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;

/** Prints random keys for the one start of the command service that records its classes. Nothing is ever stored under them. */
void main() throws Exception {
    for (String setting : new String[] {"MASTERKEY", "HASHKEY", "REFRESHKEY", "CONFIRMATION_KEY"}) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        print(setting, key);
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    print("TOKEN_SIGNINGKEY", generator.generateKeyPair().getPrivate().getEncoded());
}

void print(String setting, byte[] key) {
    IO.println("USERS_" + setting + "=" + Base64.getEncoder().encodeToString(key));
}
