package app.users.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends bytes that no HTTP client would send, one connection a request, and reads what comes back until its end. */
record Wire(URI door) {

    /** Fails when nothing, or no HTTP, comes back within {@link Patience}. */
    Answer send(byte[] request) throws IOException {
        byte[] answer = exchange(request);
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int start = 0;
        while (text.startsWith("HTTP/1.1 1", start)) {
            start = text.indexOf("\r\n\r\n", start) + 4;
        }
        int end = text.indexOf("\r\n\r\n", start);
        if (!text.startsWith("HTTP/1.1 ", start) || end < 0) {
            throw new IOException("no answer but: " + text.substring(0, Math.min(200, text.length())));
        }
        HttpHeaders headers = headers(text.substring(start, end));
        String body = text.substring(end + 4);
        if (headers.firstValue("Transfer-Encoding").filter("chunked"::equals).isPresent()) {
            body = joined(body);
        }
        String utf8 = new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return new Answer(shown(request), Integer.parseInt(text.substring(start + 9, start + 12)), headers, utf8);
    }

    private byte[] exchange(byte[] request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(door.getHost(), door.getPort())) {
            socket.setSoTimeout((int) Patience.LONGEST.toMillis());
            InputStream in = socket.getInputStream();
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
                in.transferTo(answer);
            } catch (SocketException e) {
                // closed before it had taken everything; what it said is there to be read, if it said something
                if (answer.size() == 0) {
                    in.transferTo(answer);
                }
            }
        }
        return answer.toByteArray();
    }

    private static HttpHeaders headers(String head) {
        Map<String, List<String>> headers = new TreeMap<>();
        head.lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        });
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    private static String joined(String chunks) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (at < chunks.length()) {
            int line = chunks.indexOf("\r\n", at);
            int size = Integer.parseInt(chunks.substring(at, line), 16);
            if (size == 0) {
                break;
            }
            body.append(chunks, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
        return body.toString();
    }

    /** The beginning of the request, for people. */
    private static String shown(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        return text.substring(0, Math.min(1_500, text.length())).replaceAll("[^\\n -~]", ".");
    }
}
