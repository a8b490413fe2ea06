package app.users.web.proxy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request as its client sent it, without the headers in which proxies tell about it. */
final class ClientRequest extends HttpServletRequestWrapper {

    private static final Set<String> HIDDEN = Set.of("forwarded", "x-real-ip");
    private static final String HIDDEN_FAMILY = "x-forwarded-";

    private final Origin origin;

    ClientRequest(HttpServletRequest request, Origin origin) {
        super(request);
        this.origin = origin;
    }

    @Override
    public String getRemoteAddr() {
        return origin.address();
    }

    @Override
    public String getRemoteHost() {
        return origin.address();
    }

    @Override
    public String getScheme() {
        return origin.scheme();
    }

    @Override
    public boolean isSecure() {
        return origin.isSecure();
    }

    @Override
    public String getServerName() {
        return origin.host();
    }

    @Override
    public int getServerPort() {
        return origin.port();
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(origin.url(getRequestURI()));
    }

    @Override
    public @Nullable String getHeader(String name) {
        return isHidden(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                .filter(name -> !isHidden(name))
                .toList());
    }

    private static boolean isHidden(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return HIDDEN.contains(lower) || lower.startsWith(HIDDEN_FAMILY);
    }
}
