package app.users.command.credentials;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Argon2id hash with its parameters, in the PHC text form.
 *
 * @param memory in KiB
 */
record PasswordHash(int memory, int passes, byte[] salt, byte[] hash) {

    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=1\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    static Optional<PasswordHash> parse(String phc) {
        Matcher m = PHC.matcher(phc);
        if (!m.matches()) {
            return Optional.empty();
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return Optional.of(new PasswordHash(
                Integer.parseInt(m.group(1)),
                Integer.parseInt(m.group(2)),
                base64.decode(m.group(3)),
                base64.decode(m.group(4))));
    }

    String phc() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return parameters(memory, passes) + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
    }

    /** How the text of every hash with these parameters begins. */
    static String parameters(int memory, int passes) {
        return "$argon2id$v=19$m=%d,t=%d,p=1$".formatted(memory, passes);
    }
}
