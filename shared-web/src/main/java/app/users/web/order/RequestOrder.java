package app.users.web.order;

import org.springframework.core.Ordered;

/**
 * The path of a request, from the first filter to the last exception advice. Filters, interceptors and advices are sorted
 * separately, each group by ascending number. Filters of Spring Boot stand between ours: those for character encoding and
 * observation are earlier than {@link #REQUEST_ID}.
 */
public final class RequestOrder {

    // filters before Spring Security: they hold for every caller

    /** First, because the answer of each later filter shows the request id. */
    public static final int REQUEST_ID = Ordered.HIGHEST_PRECEDENCE + 5;

    /** Before any filter that searches the header fields. */
    public static final int HEADER_LIMIT = Ordered.HIGHEST_PRECEDENCE + 10;

    /** After the limit, which bounds the parsing; before any code that reads the client's address, scheme or host. */
    public static final int TRUSTED_PROXIES = Ordered.HIGHEST_PRECEDENCE + 12;

    /** After the proxies, because the comparison with {@code Origin} needs the real scheme and host; preflights end here. */
    public static final int CORS = Ordered.HIGHEST_PRECEDENCE + 15;

    /** Before the table of paths, which knows each path without its last slash. */
    public static final int LAST_SLASH = Ordered.HIGHEST_PRECEDENCE + 20;

    /** Before Spring Security, so that unknown paths and wrong methods get 404 and 405, never 401. */
    public static final int ROUTE = Ordered.HIGHEST_PRECEDENCE + 30;

    /** After the table of paths, which tells open routes; before everything that forwards or answers a read. */
    public static final int READ_YOUR_WRITES = Ordered.HIGHEST_PRECEDENCE + 40;

    /** In the gateway only, which has no Spring Security: after the table of paths, before the body is read. */
    public static final int READINESS = -100;

    /** Spring Boot's value; the same as {@code SecurityFilterProperties.DEFAULT_FILTER_ORDER}, which the gateway lacks. */
    public static final int SPRING_SECURITY = -100;

    // filters after Spring Security: they hold for callers that may use the route

    /** After Spring Security, so that 401 precedes 406; before the controller, so that a 406 changes nothing. */
    public static final int ACCEPT = -10;

    /** Last of our filters: only bodies of permitted callers are read. */
    public static final int BODY = 0;

    // interceptors of Spring MVC: they know the controller's method

    /** First interceptor: a refused request should cost as little as possible. */
    public static final int ADDRESS_LIMIT = Ordered.HIGHEST_PRECEDENCE;

    /** Before the session check: a repeated deletion gets its first answer although its session has ended. */
    public static final int IDEMPOTENCY = Ordered.HIGHEST_PRECEDENCE + 10;

    /** The controller runs for live sessions only. */
    public static final int SESSION = 0;

    /** Last interceptor: a repeated request and a session that is over do not count. */
    public static final int CHANGE_LIMIT = 10;

    // filters of the gateway's client, for request headers to a service

    /** Last, because the stock filters would remove the headers again. */
    public static final int FORWARDED_HEADERS = Ordered.LOWEST_PRECEDENCE;

    // advices for exceptions: the first that handles the exception answers

    /** A service's own advice precedes the general ones, because it knows its own exceptions. */
    public static final int SERVICE_ADVICE = 0;

    /** After each service's own advice; before the last one, which would call an outage an internal error. */
    public static final int OUTAGE_ADVICE = Ordered.LOWEST_PRECEDENCE - 10;

    /** Last: it handles every exception. */
    public static final int PROBLEM_ADVICE = Ordered.LOWEST_PRECEDENCE;

    private RequestOrder() {}
}
