package app.users.web.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code Forwarded} of RFC 7239: one element for each proxy, the nearest last. It is read from its end: read from its
 * beginning, a quotation mark that a client leaves open would swallow what the proxy adds behind it.
 */
final class Forwarded {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final String VALUE = TOKEN + "|\"(?:[^\"\\\\]|\\\\.)*+\"";
    private static final Pattern PAIR = Pattern.compile("(%s)=(%s)".formatted(TOKEN, VALUE));
    private static final Pattern ELEMENT =
            Pattern.compile("[ \\t]*+(?:%1$s)?+(?:[ \\t]*+;[ \\t]*+(?:%1$s)?+)*+[ \\t]*+".formatted(PAIR));

    /** A proxy quotes host names and addresses: more commas in one element are nonsense, and costly to try. */
    private static final int MOST_COMMAS = 8;

    /** @param before the elements of the proxies before this one */
    private record Element(Hop hop, String before) {}

    private Forwarded() {}

    static Stream<Hop> hops(HttpServletRequest request) {
        String lines = String.join(",", Collections.list(request.getHeaders("Forwarded")));
        return Stream.iterate(
                        last(lines),
                        Optional::isPresent,
                        element -> element.map(Element::before).flatMap(Forwarded::last))
                .map(element -> element.orElseThrow().hop());
    }

    /** A comma may also be part of a quoted string: the shortest element at the end counts. */
    private static Optional<Element> last(String elements) {
        int comma = elements.length();
        for (int tried = 0; comma > 0 && tried <= MOST_COMMAS; tried++) {
            comma = elements.lastIndexOf(',', comma - 1);
            Optional<Hop> hop = hop(elements.substring(comma + 1));
            if (hop.isPresent()) {
                String before = elements.substring(0, Math.max(0, comma));
                return hop.map(found -> new Element(found, before));
            }
        }
        return Optional.empty();
    }

    private static Optional<Hop> hop(String element) {
        if (!ELEMENT.matcher(element).matches()) {
            return Optional.empty();
        }
        Map<String, String> pairs = new TreeMap<>();
        Matcher pair = PAIR.matcher(element);
        while (pair.find()) {
            if (pairs.put(pair.group(1).toLowerCase(Locale.ROOT), unquoted(pair.group(2))) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(Hop.of(pairs.get("for"), pairs.get("proto"), pairs.get("host"), null));
    }

    private static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }
}
