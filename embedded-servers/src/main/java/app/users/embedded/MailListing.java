package app.users.embedded;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The kept mails as JSON. */
final class MailListing {

    private static final int MOST = 100;
    private static final int LONGEST_LISTED = 10_000;
    private static final int LONGEST_OPENED = 200_000;

    /** A row of the list; the text may be cut. */
    private record Row(String id, String from, String to, String subject, String date, String text) {

        static Row of(KeptMail mail) {
            return new Row(
                    mail.id(), mail.from(), mail.to(), mail.subject(), mail.date(), cut(mail.text(), LONGEST_LISTED));
        }
    }

    /** @param html whether it has a part in HTML */
    private record Opened(
            String id, String from, String to, String subject, String date, String text, boolean html, String headers) {

        static Opened of(KeptMail mail) {
            return new Opened(
                    mail.id(),
                    mail.from(),
                    mail.to(),
                    mail.subject(),
                    mail.date(),
                    cut(mail.text(), LONGEST_OPENED),
                    !mail.html().isEmpty(),
                    cut(mail.headers(), LONGEST_OPENED));
        }
    }

    private final KeptMails mails;
    private final JsonMapper json = JsonMapper.builder().build();

    MailListing(KeptMails mails) {
        this.mails = mails;
    }

    String version() {
        return mails.version();
    }

    /**
     * The newest 100.
     *
     * @param query {@code to=} for one receiver, {@code address=} for a part of a sender or receiver
     * @throws IllegalArgumentException if it cannot be decoded
     */
    String list(String query) {
        Map<String, String> wanted = parameters(query);
        String to = wanted.getOrDefault("to", "");
        String address = wanted.getOrDefault("address", "").toLowerCase(Locale.ROOT);
        List<Row> rows = mails.newestFirst()
                .filter(mail -> to.isEmpty() || mail.to().equalsIgnoreCase(to))
                .filter(mail -> (mail.from() + "\n" + mail.to())
                        .toLowerCase(Locale.ROOT)
                        .contains(address))
                .limit(MOST)
                .map(Row::of)
                .toList();
        return json.writeValueAsString(rows) + "\n";
    }

    Optional<String> open(String id) {
        return mails.find(id).map(Opened::of).map(json::writeValueAsString);
    }

    Optional<String> html(String id) {
        return mails.find(id)
                .map(KeptMail::html)
                .filter(html -> !html.isEmpty())
                .map(html -> cut(html, LONGEST_OPENED));
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "\n(The rest is not shown.)";
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&")) {
            String[] both = parameter.split("=", 2);
            if (both.length == 2) {
                // a number's plus, written as it is, has become a space
                parameters.put(
                        both[0],
                        URLDecoder.decode(both[1], StandardCharsets.UTF_8).replace(' ', '+'));
            }
        }
        return parameters;
    }
}
