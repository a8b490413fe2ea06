package app.users.web.route;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/**
 * The media types that a client accepts (RFC 9110, 12.5.1). Parameters other than the weight are ignored, because each type has
 * one representation, in UTF-8. Malformed ranges are ignored too.
 */
record AcceptedTypes(List<Range> ranges) {

    /** @param weight from 0, not acceptable, to 1 */
    record Range(MediaType types, double weight) {}

    private static final Pattern WEIGHT =
            Pattern.compile(";\\s*q\\s*=\\s*([0-9.]{1,8})\\s*(?:;|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ANY_WEIGHT = Pattern.compile(";\\s*q\\s*=", Pattern.CASE_INSENSITIVE);
    private static final List<Range> EVERYTHING = List.of(new Range(MediaType.ALL, 1));

    /** @param fields the values of the header {@code Accept}; without any, everything is accepted */
    static AcceptedTypes of(List<String> fields) {
        List<String> tokens = fields.stream()
                .flatMap(field -> MimeTypeUtils.tokenize(field).stream())
                .filter(token -> !token.isBlank())
                .toList();
        return new AcceptedTypes(
                tokens.isEmpty()
                        ? EVERYTHING
                        : tokens.stream()
                                .flatMap(token -> range(token).stream())
                                .toList());
    }

    private static Optional<Range> range(String token) {
        try {
            MediaType types = MediaType.parseMediaType(token.split(";", 2)[0].strip());
            Matcher weight = WEIGHT.matcher(token);
            if (weight.find()) {
                double value = Double.parseDouble(weight.group(1));
                return value <= 1 ? Optional.of(new Range(types, value)) : Optional.empty();
            }
            return ANY_WEIGHT.matcher(token).find() ? Optional.empty() : Optional.of(new Range(types, 1));
        } catch (InvalidMediaTypeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The offered type with the highest weight, the first of several; empty if none is acceptable. */
    Optional<MediaType> best(List<MediaType> offered) {
        return offered.stream()
                .filter(type -> weight(type) > 0)
                // not max(), which returns the last of equals
                .sorted(Comparator.comparingDouble(this::weight).reversed())
                .findFirst();
    }

    /** Whether the client names the type itself, not only a wildcard. */
    boolean names(MediaType type) {
        return ranges.stream().anyMatch(range -> range.types().equalsTypeAndSubtype(type) && range.weight() > 0);
    }

    /** The weight of the most specific range. */
    private double weight(MediaType type) {
        return ranges.stream()
                .filter(range -> range.types().includes(type))
                .max(Comparator.comparingInt(range -> specificity(range.types())))
                .map(Range::weight)
                .orElse(0.0);
    }

    private static int specificity(MediaType range) {
        return range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
    }
}
