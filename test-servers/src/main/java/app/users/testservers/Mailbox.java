package app.users.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * A mail server, and a phone, that shows what arrived.
 *
 * @param listing the address that lists the mails and text messages as JSON
 * @param texts the address that takes text messages
 */
public record Mailbox(String host, int smtpPort, URI listing, URI texts) {

    /** The list of all mails, newest first, as JSON text. */
    public String mails() {
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
