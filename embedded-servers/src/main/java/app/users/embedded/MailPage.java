package app.users.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Shows the mails that arrived: {@code /} for people, {@code /mails.json?to=address} for scripts. */
final class MailPage implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final KeptMails mails;

    private MailPage(HttpServer server, KeptMails mails) {
        this.server = server;
        this.mails = mails;
    }

    static MailPage start(int port, KeptMails mails) throws IOException {
        MailPage page = new MailPage(HttpServer.create(new InetSocketAddress("127.0.0.1", port), 16), mails);
        page.server.createContext("/", x -> page.answer(x, "text/html", page.html()));
        page.server.createContext("/mails.json", x -> page.answer(x, "application/json", page.json(to(x))));
        page.server.setExecutor(page.executor);
        page.server.start();
        return page;
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
                ? URLDecoder.decode(query.substring(3), StandardCharsets.UTF_8)
                : "";
    }

    private String html() {
        StringBuilder html = new StringBuilder("""
                <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mails</title>
                <style>body{font:16px system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem}
                article{border:1px solid #ccc;border-radius:.5rem;padding:1rem;margin:1rem 0}
                pre{white-space:pre-wrap}small{color:#555}</style></head><body><h1>Mails that arrived</h1>
                """);
        List<KeptMail> all = mails.newestFirst();
        if (all.isEmpty()) {
            html.append("<p>None yet. Ask for one with POST /users/verify-email/ and reload this page.</p>");
        }
        for (KeptMail mail : all.stream().limit(100).toList()) {
            html.append("<article><small>%s · %s</small><h2>%s</h2><pre>%s</pre></article>\n"
                    .formatted(escape(mail.to()), escape(date(mail)), escape(subject(mail)), escape(text(mail))));
        }
        return html.append("</body></html>").toString();
    }

    private String json(String to) {
        List<String> found = mails.newestFirst().stream()
                .filter(m -> to.isEmpty() || m.to().equalsIgnoreCase(to))
                .limit(100)
                .map(m -> "{\"to\":%s,\"subject\":%s,\"date\":%s,\"text\":%s}"
                        .formatted(quote(m.to()), quote(subject(m)), quote(date(m)), quote(text(m))))
                .toList();
        return "[" + String.join(",\n", found) + "]\n";
    }

    private static String subject(KeptMail mail) {
        try {
            return String.valueOf(mail.message().getSubject());
        } catch (MessagingException e) {
            return "(unreadable subject)";
        }
    }

    private static String date(KeptMail mail) {
        return java.time.Instant.ofEpochMilli(Long.parseLong(mail.file().substring(0, 13)))
                .toString();
    }

    private static String text(KeptMail mail) {
        try {
            return plain(mail.message());
        } catch (MessagingException | IOException e) {
            return "(unreadable text)";
        }
    }

    private static String plain(Part part) throws MessagingException, IOException {
        if (part.isMimeType("text/plain")) {
            return String.valueOf(part.getContent());
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                String text = plain(inner);
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(c -> quoted.append(
                        switch (c) {
                            case '"' -> "\\\"";
                            case '\\' -> "\\\\";
                            case '\n' -> "\\n";
                            case '\r' -> "";
                            default -> c < 0x20 ? "\\u%04x".formatted(c) : String.valueOf((char) c);
                        }));
        return quoted.append('"').toString();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
