package app.users.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A read that asks for the higher of what the client asked for and what is known to be written; nonsense is hidden. */
final class MinVersionRequest extends HttpServletRequestWrapper {

    private final List<String> values;

    private MinVersionRequest(HttpServletRequest request, List<String> values) {
        super(request);
        this.values = values;
    }

    static HttpServletRequest of(HttpServletRequest request, OptionalLong known) {
        List<String> asked = Collections.list(request.getHeaders(UsersHeaders.MIN_VERSION));
        if (asked.isEmpty() && known.isEmpty()) {
            return request;
        }
        OptionalLong own = asked.size() == 1 ? parse(asked.getFirst()) : OptionalLong.empty();
        if (own.isEmpty() && known.isEmpty()) {
            return new MinVersionRequest(request, List.of());
        }
        return new MinVersionRequest(request, List.of(Long.toString(Math.max(own.orElse(0), known.orElse(0)))));
    }

    static OptionalLong parse(String version) {
        return version.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(version)) : OptionalLong.empty();
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
