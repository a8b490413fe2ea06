package app.users.notification.delivery;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.io.JsonStringEncoder;

/** The body of a request to a gateway, with places that are filled in as its media type wants it. */
record BodyTemplate(String contentType, String body) {

    private static final Pattern PLACE = Pattern.compile("\\{(number|text|id)}");

    static boolean isKnown(String contentType) {
        return isJson(contentType) || isForm(contentType);
    }

    String fill(Map<String, String> values) {
        UnaryOperator<String> escape = isJson(contentType)
                ? v -> new String(JsonStringEncoder.getInstance().quoteAsCharArray(v))
                : v -> URLEncoder.encode(v, StandardCharsets.UTF_8);
        return PLACE.matcher(body)
                .replaceAll(m -> Matcher.quoteReplacement(escape.apply(values.getOrDefault(m.group(1), ""))));
    }

    private static boolean isJson(String contentType) {
        String type = bare(contentType);
        return type.equals("application/json") || type.startsWith("application/") && type.endsWith("+json");
    }

    private static boolean isForm(String contentType) {
        return bare(contentType).equals("application/x-www-form-urlencoded");
    }

    private static String bare(String contentType) {
        return contentType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    }
}
