package app.users.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows the mails that arrived: {@code /} for people, {@code /mails.json?to=address} for scripts. It is a phone too: a text
 * message comes by {@code POST /texts} with {@code {"number":"+...","text":"..."}} and is shown like a mail.
 */
final class MailPage implements AutoCloseable {

    private static final int LONGEST_TEXT = 16 * 1024;

    /** As scripts read it. */
    private record Shown(String to, String subject, String date, String text) {

        static Shown of(KeptMail mail) {
            return new Shown(mail.to(), mail.subject(), mail.date(), mail.text());
        }
    }

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final KeptMails mails;
    private final JsonMapper json = JsonMapper.builder().build();

    private MailPage(HttpServer server, KeptMails mails) {
        this.server = server;
        this.mails = mails;
    }

    static MailPage start(int port, KeptMails mails) throws IOException {
        MailPage page = new MailPage(HttpServer.create(new InetSocketAddress("127.0.0.1", port), 16), mails);
        page.server.createContext("/", x -> page.answer(x, "text/html", page.html()));
        page.server.createContext("/mails.json", x -> page.answer(x, "application/json", page.json(to(x))));
        page.server.createContext("/texts", page::receive);
        page.server.setExecutor(page.executor);
        page.server.start();
        return page;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The media type is asked for so that no page of another site can send one: a browser would have to ask first. */
    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(keepText(exchange), -1);
        }
    }

    private int keepText(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return 405;
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            return 415;
        }
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_TEXT + 1);
        if (body.length > LONGEST_TEXT) {
            return 413;
        }
        try {
            JsonNode message = json.readTree(body);
            String number = message.path("number").asString("");
            String text = message.path("text").asString("");
            if (!number.matches("\\+[0-9]{1,15}") || text.isBlank()) {
                return 400;
            }
            mails.keepText(number, text);
            return 204;
        } catch (JacksonException e) {
            return 400;
        } catch (MessagingException e) {
            return 507;
        }
    }

    private void answer(HttpExchange exchange, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        exchange.sendResponseHeaders(200, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String to(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        String query = uri.getRawQuery();
        return query != null && query.startsWith("to=")
                // a number's plus, written as it is, has become a space
                ? URLDecoder.decode(query.substring(3), StandardCharsets.UTF_8).replace(' ', '+')
                : "";
    }

    private String html() {
        StringBuilder html = new StringBuilder("""
                <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mails and texts</title>
                <style>body{font:16px system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem}
                article{border:1px solid #ccc;border-radius:.5rem;padding:1rem;margin:1rem 0}
                pre{white-space:pre-wrap}small{color:#555}</style></head><body><h1>Mails and text messages that arrived</h1>
                """);
        List<KeptMail> all = mails.newestFirst();
        if (all.isEmpty()) {
            html.append(
                    "<p>None yet. Ask for one with POST /users/verify-email/ or /users/verify-number/ and reload this page.</p>");
        }
        for (KeptMail mail : all.stream().limit(100).toList()) {
            html.append("<article><small>%s · %s</small><h2>%s</h2><pre>%s</pre></article>\n"
                    .formatted(escape(mail.to()), escape(mail.date()), escape(mail.subject()), escape(mail.text())));
        }
        return html.append("</body></html>").toString();
    }

    private String json(String to) {
        return json.writeValueAsString(mails.newestFirst().stream()
                        .filter(m -> to.isEmpty() || m.to().equalsIgnoreCase(to))
                        .limit(100)
                        .map(Shown::of)
                        .toList())
                + "\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
