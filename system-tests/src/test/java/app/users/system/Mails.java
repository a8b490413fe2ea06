package app.users.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.json.JsonMapper;

/** The mails that arrived, as a page lists them in JSON, newest first. */
record Mails(URI listing) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern CODE = Pattern.compile("(?<!\\w)\\d{6}(?!\\w)");

    List<String> to(String address) {
        return StreamSupport.stream(JSON.readTree(fetch()).spliterator(), false)
                .filter(m -> m.path("to").asString("").equals(address))
                .map(m -> m.path("text").asString(""))
                .toList();
    }

    /** Waits for the first mail to the address and takes the six digits out of it. */
    String awaitCode(String address) {
        List<String> arrived = Patience.await("mail to " + address).until(() -> to(address), m -> !m.isEmpty());
        Matcher code = CODE.matcher(arrived.getFirst());
        if (!code.find()) {
            throw new AssertionError("no code in " + arrived.getFirst());
        }
        return code.group();
    }

    private String fetch() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(listing).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
