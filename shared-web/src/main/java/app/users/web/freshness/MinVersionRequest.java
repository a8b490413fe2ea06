package app.users.web.freshness;

import app.users.web.http.UsersHeaders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A read whose {@code Users-Min-Version} is the higher of the client's value and the last written version. */
final class MinVersionRequest extends HttpServletRequestWrapper {

    private final List<String> values;

    private MinVersionRequest(HttpServletRequest request, List<String> values) {
        super(request);
        this.values = values;
    }

    /** A malformed value is passed on unchanged: the controller refuses it. */
    static HttpServletRequest of(HttpServletRequest request, OptionalLong known) {
        List<String> asked = Collections.list(request.getHeaders(UsersHeaders.MIN_VERSION));
        if (asked.isEmpty() && known.isEmpty()) {
            return request;
        }
        OptionalLong own = asked.isEmpty() ? OptionalLong.of(0) : MinVersion.parse(String.join(",", asked));
        if (own.isEmpty()) {
            return request;
        }
        return new MinVersionRequest(request, List.of(Long.toString(Math.max(own.getAsLong(), known.orElse(0)))));
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (!name.equalsIgnoreCase(UsersHeaders.MIN_VERSION)) {
            return super.getHeader(name);
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equalsIgnoreCase(UsersHeaders.MIN_VERSION)
                ? Collections.enumeration(values)
                : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = new ArrayList<>(Collections.list(super.getHeaderNames()));
        names.removeIf(UsersHeaders.MIN_VERSION::equalsIgnoreCase);
        if (!values.isEmpty()) {
            names.add(UsersHeaders.MIN_VERSION);
        }
        return Collections.enumeration(names);
    }
}
