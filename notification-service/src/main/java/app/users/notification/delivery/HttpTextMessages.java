package app.users.notification.delivery;

import app.users.notification.delivery.DeliveryProperties.Sms;
import app.users.notification.ledger.DeliveryResult;
import app.users.notification.outage.OutageLog;
import app.users.settings.InvalidSetting;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts each text message to a gateway; 2xx means that it has it, and 4xx that it never will, but for 408 and 429. */
final class HttpTextMessages implements TextMessages, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpTextMessages.class);

    private final OutageLog outages = new OutageLog(LOG);
    private final HttpClient http;
    private final HttpRequest request;
    private final BodyTemplate body;

    HttpTextMessages(URI url, Sms settings) {
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.body = new BodyTemplate(settings.contentType(), settings.body());
        this.request = request(url, settings);
    }

    private static HttpRequest request(URI url, Sms settings) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(settings.readTimeout())
                .header("Content-Type", settings.contentType());
        settings.headers().forEach((name, value) -> {
            try {
                request.setHeader(name, value);
            } catch (IllegalArgumentException e) {
                throw (InvalidSetting)
                        new InvalidSetting("users.notification.sms.headers", "has " + name + ", which cannot be sent")
                                .initCause(e);
            }
        });
        return request.build();
    }

    @Override
    public DeliveryResult send(String id, String number, String text) {
        String filled = body.fill(Map.of("id", id, "number", number, "text", text));
        HttpRequest post = HttpRequest.newBuilder(request, (name, value) -> true)
                .POST(BodyPublishers.ofString(filled))
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(post, BodyHandlers.ofInputStream());
            // what it says does not matter, and may never end
            answer.body().close();
            return outcome(id, answer.statusCode());
        } catch (IOException e) {
            outages.failed("the gateway does not take text messages: " + e);
            return DeliveryResult.UNREACHABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DeliveryResult.UNREACHABLE;
        }
    }

    private DeliveryResult outcome(String id, int status) {
        if (status / 100 == 2) {
            outages.ended();
            return DeliveryResult.SENT;
        }
        if (status / 100 == 4 && status != 408 && status != 429) {
            LOG.warn("the gateway refused text message {} for good with {}", id, status);
            return DeliveryResult.REFUSED;
        }
        outages.failed("the gateway does not take text messages: it answers " + status);
        return DeliveryResult.UNREACHABLE;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
