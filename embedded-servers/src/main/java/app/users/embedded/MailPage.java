package app.users.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the mails and text messages that arrived: {@code /} in a browser, {@code /mails.json} for scripts, {@code /mails/<id>}
 * and {@code /mails/<id>/html} for one of them. It also takes text messages ({@link TextIntake}).
 */
final class MailPage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MailPage.class);

    /**
     * A page of another site can make its own name lead to 127.0.0.1 (DNS rebinding) and then read what is here, but its
     * requests carry its own name.
     */
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private static final Pattern MAIL = Pattern.compile("/mails/([0-9-]+)(/html)?");
    private static final String JSON = "application/json; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";

    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** A mail is untrusted: no script, no form, nothing from another host, and only this page frames it. */
    private static final String MAIL_POLICY =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    private static final Map<String, Reply> FILES = Map.of(
            "/", Reply.file("/mail-page/mails.html", HTML).with("Content-Security-Policy", PAGE_POLICY),
            "/mails.js", Reply.file("/mail-page/mails.js", "text/javascript; charset=utf-8"),
            "/users.css", Reply.file("/pages/users.css", "text/css; charset=utf-8"),
            "/users.svg", Reply.file("/pages/users.svg", "image/svg+xml"));

    private final HttpServer server;
    private final Set<String> hosts;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final MailListing listing;
    private final TextIntake texts;
    private volatile URI home = URI.create("/");

    private MailPage(HttpServer server, Set<String> hosts, KeptMails mails) {
        this.server = server;
        this.hosts = hosts;
        this.listing = new MailListing(mails);
        this.texts = new TextIntake(mails);
    }

    static MailPage start(MailServer.Doors doors, KeptMails mails) throws IOException {
        InetSocketAddress address = new InetSocketAddress(doors.address(), doors.pagePort());
        MailPage page = new MailPage(HttpServer.create(address, 16), doors.hosts(), mails);
        page.server.createContext("/", page::answer);
        page.server.setExecutor(page.executor);
        page.server.start();
        return page;
    }

    int port() {
        return server.getAddress().getPort();
    }

    void home(URI page) {
        home = page;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            reply(exchange).send(exchange);
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host == null || !isKnown(host)) {
            return Reply.of(
                    421,
                    TEXT,
                    "This page answers to localhost, 127.0.0.1, [::1] and the names in users.embedded.mail.hosts.\n");
        }
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/texts")) {
            return method.equals("POST") ? texts.receive(exchange) : notAllowed("POST");
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return notAllowed("GET, HEAD");
        }
        try {
            return found(exchange, path);
        } catch (UncheckedIOException e) {
            LOG.error("{} failed", path, e);
            return Reply.of(500, TEXT, "The folder of mails cannot be read.\n");
        }
    }

    private boolean isKnown(String host) {
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        return LOCAL.contains(name) || hosts.contains(name);
    }

    private Reply found(HttpExchange exchange, String path) {
        Matcher mail = MAIL.matcher(path);
        if (mail.matches()) {
            return mail(mail.group(1), mail.group(2) != null)
                    .orElseGet(() -> Reply.of(404, TEXT, "There is no such mail.\n"));
        }
        return switch (path) {
            case "/mails.json" -> list(exchange);
            case "/home" -> Reply.status(302).with("Location", home.toString());
            default -> FILES.getOrDefault(path, Reply.of(404, TEXT, "There is nothing at this address.\n"));
        };
    }

    private Reply list(HttpExchange exchange) {
        @Nullable String query = exchange.getRequestURI().getRawQuery();
        String tag = "\"" + listing.version() + "\"";
        if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            return Reply.status(304).with("ETag", tag);
        }
        try {
            return Reply.of(200, JSON, listing.list(query == null ? "" : query)).with("ETag", tag);
        } catch (IllegalArgumentException e) {
            return Reply.of(400, TEXT, "The query cannot be decoded.\n");
        }
    }

    private Optional<Reply> mail(String id, boolean html) {
        return html
                ? listing.html(id).map(text -> Reply.of(200, HTML, text).with("Content-Security-Policy", MAIL_POLICY))
                : listing.open(id).map(text -> Reply.of(200, JSON, text));
    }

    private static Reply notAllowed(String allowed) {
        return Reply.of(405, TEXT, "Allowed here: " + allowed + "\n").with("Allow", allowed);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
