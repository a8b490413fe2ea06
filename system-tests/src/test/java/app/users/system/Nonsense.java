package app.users.system;

import app.users.web.route.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Requests to every route with every method, from almost right to hopeless; the same seed makes the same ones. */
final class Nonsense {

    /** @param authorized whether the token in it is the good one */
    record Request(String method, String route, boolean authorized, byte[] bytes) {}

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "FOO");
    private static final List<String> FIELDS = List.of(
            "surname",
            "name",
            "patronymic",
            "address",
            "email",
            "number",
            "password",
            "executor",
            "code",
            "refresh",
            "current_password",
            "session",
            "id",
            "confirmed_email",
            "created_at",
            "__proto__",
            "$gt",
            "",
            "\\u0000",
            "é");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1.5",
            "1e999",
            "000000",
            "012345",
            "99999999999999999999",
            "NaN",
            "\"\"",
            "\" \"",
            "\"a\"",
            "\"x@y.example\"",
            "\"+79967348137\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"\\u202e\"",
            "\"' or 1=1 --\"",
            "\"{{7*7}}\"",
            "\"%s%n\"",
            "\"<script>\"",
            "{\"$gt\":\"\"}",
            "[]",
            "[1,2,]",
            "{}",
            "[[[[]]]]");
    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=b",
            "application/json; charset=utf-16",
            "application/merge-patch+json",
            "*/*",
            "nonsense",
            ";;",
            "");
    private static final List<String> HEADERS = List.of(
            "Accept: text/html",
            "Accept: application/xml",
            "Accept: */*;q=0",
            "Accept: nonsense",
            "Accept: a/b;q=9",
            "Accept-Language: ru",
            "Accept-Language: \u00ff;;;q=x",
            "Accept-Encoding: br;q=0",
            "Accept-Charset: utf-16",
            "Content-Encoding: gzip",
            "Expect: 100-continue",
            "Expect: 200-ok",
            "If-Match: *",
            "If-Match: \"0\"",
            "If-Match: W/\"1\"",
            "If-None-Match: *",
            "If-Modified-Since: yesterday",
            "If-Unmodified-Since: 0",
            "Range: bytes=0-1",
            "Cookie: a=b; c",
            "Origin: null",
            "Upgrade: h2c",
            "Users-Min-Version: x",
            "Users-Min-Version: -1",
            "Users-Version: 9",
            "Users-Erased: true",
            "X-Forwarded-For: 1.1.1.1, ;;",
            "X-Forwarded-Host: [::",
            "X-Forwarded-Proto: gopher",
            "X-Forwarded-Prefix: //e",
            "Forwarded: for=;;",
            "X-HTTP-Method-Override: DELETE",
            "Idempotency-Key: \"\"",
            "Content-Length: 7",
            "Content-Length: x",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: chunked",
            "Host: other.example",
            "Bad Name: x",
            ": x",
            "NoColon",
            "traceparent: 00-zz",
            "Accept: application/json;charset=utf-16",
            "Accept: application/json;q=0, */*",
            "Accept-Language: " + languages(400),
            "User-Agent: " + utf8("Заказы/2.1 My App™"),
            "Idempotency-Key: " + utf8("ключ"),
            "X-Request-Id: " + utf8("запрос"),
            "traceparent: " + utf8("след"),
            "If-Match: " + utf8("метка"),
            "If-None-Match: " + utf8("метка"),
            "If-None-Match: W/\"1\", \"2\"",
            "If-Match: " + "\"1\", ".repeat(1_000),
            "User-Agent: " + "u".repeat(8_000),
            "User-Agent: a\r\nUser-Agent: b",
            "User-Agent: \u0001\u007f\u0085\u009f",
            "Authorization: Bearer x\r\nAuthorization: Bearer y",
            "Users-Min-Version: 99999999999999999999",
            "Content-Type: application/json\r\nContent-Type: text/html",
            "baggage: " + "k=v,".repeat(1_000),
            "X-Long: " + "l".repeat(20_000));
    private static final List<String> QUERIES = List.of(
            "limit=0",
            "limit=1001",
            "limit=x",
            "limit=1&limit=2",
            "limit=",
            "after=",
            "after=9223372036854775808",
            "limit=" + "9".repeat(3_000),
            "%ff%fe=1",
            "limit=%C3%28",
            "after=-1",
            "after=99999999999999999999",
            "limit=%00",
            "a=%zz",
            "a={b}",
            "a[]=1",
            "&&==",
            "%",
            "q=" + "q".repeat(3_000),
            "\u00fc");
    private static final List<String> TAILS = List.of(
            "/", "", "/", "", "/", "", "//", "/.", "/..", "/%2f", "/%2e%2e", ";a=b", "/;/", "%00", "%zz", "/\u00e9",
            "\\");

    private final SplittableRandom random;

    private static String languages(int count) {
        return IntStream.range(0, count).mapToObj(i -> "l" + i + ";q=0.1").collect(Collectors.joining(","));
    }

    /** A character for each byte, as the rest of the head is. */
    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    Nonsense(long seed) {
        random = new SplittableRandom(seed);
    }

    Request next(String access) {
        Route route = one(Route.ALL);
        List<String> own =
                route.methods().stream().map(Object::toString).sorted().toList();
        String method = percent(75) ? one(own) : one(METHODS);
        // what needs no body would succeed each time
        boolean easy = method.equals("DELETE") || route.path().contains("revoke");
        boolean authorized = percent(easy ? 5 : 60);
        byte[] body = method.equals("GET") && percent(80) ? new byte[0] : body();
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(path(route))
                .append(percent(95) ? " HTTP/1.1\r\n" : " HTTP/1.0\r\n")
                .append(percent(98) ? "Host: users.example\r\n" : "")
                .append("Connection: close\r\n");
        if (authorized) {
            head.append("Authorization: ")
                    .append(one(List.of("Bearer ", "Token ", "bearer  ")))
                    .append(access)
                    .append("\r\n");
        } else if (percent(60)) {
            head.append("Authorization: ")
                    .append(one(List.of("Bearer x.y.z", "Bearer", "Basic YTpi", "Token \u00e9", "")))
                    .append("\r\n");
        }
        if (body.length > 0) {
            head.append("Content-Type: ")
                    .append(percent(85) ? "application/json" : one(TYPES))
                    .append("\r\n");
        }
        for (int i = random.nextInt(4); i > 1; i--) {
            head.append(one(HEADERS)).append("\r\n");
        }
        boolean chunked = percent(10);
        head.append(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length)
                .append("\r\n\r\n");
        return new Request(method, route.path(), authorized, joined(head, chunked ? chunks(body) : body));
    }

    private String path(Route route) {
        String path = route.path()
                .replaceAll(
                        "\\{[^}]*}", percent(50) ? "0123456789abcdefghijkl" : "%25" + "x".repeat(random.nextInt(300)));
        if (percent(3)) {
            path = path.replaceFirst("/", one(List.of("//", "/./", "/../", "/%2e/", "http://users.example/")));
        }
        return path + (percent(85) ? one(List.of("", "/")) : one(TAILS)) + (percent(25) ? "?" + one(QUERIES) : "");
    }

    private byte[] body() {
        byte[] body = percent(90)
                ? object().getBytes(StandardCharsets.UTF_8)
                : this.<Supplier<byte[]>>one(List.of(
                                () -> "[".repeat(1 + random.nextInt(50_000)).getBytes(StandardCharsets.UTF_8),
                                () -> " ".repeat(65_537).getBytes(StandardCharsets.UTF_8),
                                () -> object().getBytes(StandardCharsets.UTF_16LE),
                                () -> ("\ufeff" + object()).getBytes(StandardCharsets.UTF_8),
                                () -> zipped(" ".repeat(1_000_000)),
                                () -> ("{\"name\":\"" + "n".repeat(20_000) + "\"}").getBytes(StandardCharsets.UTF_8),
                                () -> ("{\"code\":" + "1".repeat(1_000) + "}").getBytes(StandardCharsets.UTF_8),
                                () -> new byte[0]))
                        .get();
        if (body.length > 0 && percent(30)) {
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
        }
        return body;
    }

    private String object() {
        StringBuilder object = new StringBuilder("{");
        for (int i = random.nextInt(8); i > 0; i--) {
            String value = percent(10) ? object() : one(VALUES);
            object.append('"').append(one(FIELDS)).append("\":").append(value).append(i > 1 || percent(10) ? "," : "");
        }
        return object.append(percent(95) ? "}" : one(List.of("}}", "", "} x", "]", "},{}")))
                .toString();
    }

    private static byte[] zipped(String text) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private byte[] chunks(byte[] body) {
        String size = percent(90) ? Integer.toHexString(body.length) : one(List.of("zz", "-1", "", "fffffffffff"));
        String end = percent(90) ? "\r\n0\r\n\r\n" : "";
        return body.length == 0
                ? "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)
                : joined(
                        size + "\r\n",
                        joined(new String(body, StandardCharsets.ISO_8859_1), end.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] joined(CharSequence head, byte[] rest) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(rest);
        return all.toByteArray();
    }

    private boolean percent(int likely) {
        return random.nextInt(100) < likely;
    }

    private <T> T one(List<? extends T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
