package app.users.web.body;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds faults that the JSON parser accepts: malformed UTF-8 (also UTF-16 and a byte order mark), NUL and unpaired surrogates.
 * PostgreSQL and other services could not store such text.
 */
final class JsonText {

    /** @param what the key of the text that names the fault */
    record Fault(int line, int column, String what) {

        static Fault at(byte[] body, int offset, String what) {
            int line = 1;
            int column = 1;
            for (int i = 0; i < offset; i++) {
                boolean end = body[i] == '\n';
                line += end ? 1 : 0;
                column = end ? 1 : column + 1;
            }
            return new Fault(line, column, what);
        }
    }

    private JsonText() {}

    static Optional<Fault> fault(byte[] body) {
        int malformed = malformed(body);
        if (malformed >= 0) {
            return Optional.of(Fault.at(body, malformed, "json.not-utf-8"));
        }
        for (int i = 0; i < body.length; i++) {
            if (body[i] == 0) {
                return Optional.of(Fault.at(body, i, "json.not-text"));
            }
            if (body[i] == '\\') {
                int end = escape(body, i);
                if (end < 0) {
                    return Optional.of(Fault.at(body, i, "json.not-text"));
                }
                i = end - 1;
            }
        }
        return Optional.empty();
    }

    private static int malformed(byte[] body) {
        if (body.length > 2 && (body[0] & 0xff) == 0xef && (body[1] & 0xff) == 0xbb && (body[2] & 0xff) == 0xbf) {
            return 0;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(body);
        return decoder.decode(in, CharBuffer.allocate(body.length), true).isError() ? in.position() : -1;
    }

    /** The offset after the escape at i, or -1 for NUL or an unpaired surrogate. The parser finds other faults. */
    private static int escape(byte[] body, int i) {
        int unit = unit(body, i);
        if (unit < 0) {
            return i + 2;
        }
        if (unit == 0 || Character.isLowSurrogate((char) unit)) {
            return -1;
        }
        if (!Character.isHighSurrogate((char) unit)) {
            return i + 6;
        }
        int next = unit(body, i + 6);
        return next >= 0 && Character.isLowSurrogate((char) next) ? i + 12 : -1;
    }

    private static int unit(byte[] body, int i) {
        if (i + 6 > body.length || body[i] != '\\' || body[i + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int k = i + 2; k < i + 6; k++) {
            int digit = Character.digit(body[k], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }
}
