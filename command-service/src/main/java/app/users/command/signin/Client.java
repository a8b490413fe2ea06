package app.users.command.signin;

import app.users.command.credentials.Requester;
import app.users.command.keys.UserKeys;
import app.users.command.keys.WrappedKey;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who holds a session, so that a person recognises their own: the network address and what the client calls itself. */
record Client(String address, String agent) {

    private static final String SEALED_AS = "session-client";
    private static final int MAX_AGENT = 200;
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{C}");

    static Client of(HttpServletRequest request) {
        return new Client(request.getRemoteAddr(), bounded(request.getHeader("User-Agent")));
    }

    Requester requester() {
        return Requester.at(address);
    }

    private static String bounded(@Nullable String agent) {
        if (agent == null) {
            return "";
        }
        String printable = UNPRINTABLE.matcher(decoded(agent)).replaceAll("");
        if (printable.length() <= MAX_AGENT) {
            return printable;
        }
        boolean splitsPair = Character.isHighSurrogate(printable.charAt(MAX_AGENT - 1));
        return printable.substring(0, splitsPair ? MAX_AGENT - 1 : MAX_AGENT);
    }

    /** Tomcat reads headers as ISO-8859-1; most clients that send other letters send UTF-8. */
    private static String decoded(String agent) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(agent.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return agent;
        }
    }

    /** Encrypted under the user's key. */
    byte[] seal(long user, WrappedKey wrappedKey, UserKeys keys) {
        return keys.seal(user, wrappedKey, SEALED_AS, (address + "\n" + agent).getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when nothing was kept, or it can no longer be read. */
    static Client open(long user, byte @Nullable [] sealed, UserKeys keys) {
        return Optional.ofNullable(sealed)
                .flatMap(s -> keys.open(user, SEALED_AS, s))
                .map(plain -> new String(plain, StandardCharsets.UTF_8).split("\n", 2))
                .map(parts -> new Client(parts[0], parts[1]))
                .orElse(new Client("", ""));
    }
}
