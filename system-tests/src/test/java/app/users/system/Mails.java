package app.users.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.json.JsonMapper;

/** The mails that arrived, as a page lists them in JSON, newest first. */
record Mails(URI listing) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern UNDO = Pattern.compile("\\d+\\.[A-Za-z0-9_-]{22}(?!\\S)");
    private static final Pattern CODE = Pattern.compile("(?<!\\w)\\d{6}(?!\\w)");

    List<String> to(String address) {
        return StreamSupport.stream(JSON.readTree(fetch(address)).spliterator(), false)
                .filter(m -> m.path("to").asString("").equals(address))
                .map(m -> m.path("text").asString(""))
                .toList();
    }

    /** Waits for the first mail to the address and takes the six digits out of it. */
    String awaitCode(String address) {
        return awaitCode(address, 0);
    }

    /** @param known how many codes the address had got before */
    String awaitCode(String address, int known) {
        return Patience.await("code to " + address)
                .until(() -> codes(address), codes -> codes.size() > known)
                .getFirst();
    }

    /** Waits for the mail that tells of a change of the email, and takes the token out of it. */
    String awaitUndoToken(String address) {
        return Patience.await("token to " + address)
                .until(() -> tokens(address), tokens -> !tokens.isEmpty())
                .getFirst();
    }

    private List<String> tokens(String address) {
        return to(address).stream()
                .map(UNDO::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .toList();
    }

    /** The codes that came to the address, newest first. */
    List<String> codes(String address) {
        return to(address).stream()
                .map(CODE::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .toList();
    }

    private String fetch(String address) {
        URI query = URI.create(listing + "?to=" + URLEncoder.encode(address, StandardCharsets.UTF_8));
        try {
            return HTTP.send(HttpRequest.newBuilder(query).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
