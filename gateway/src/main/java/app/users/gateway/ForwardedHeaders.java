package app.users.gateway;

import app.users.web.id.RequestId;
import app.users.web.order.RequestOrder;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Tells the services who the client is, in both families of headers: a service reads the one that its setting
 * {@code users.trusted-proxies-header} names. What the client wrote there was removed when the request arrived.
 */
final class ForwardedHeaders implements RequestHttpHeadersFilter, Ordered {

    @Override
    public HttpHeaders apply(HttpHeaders input, ServerRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(input);
        // the body is here in full: nothing is left to expect
        headers.remove(HttpHeaders.EXPECT);
        HttpServletRequest client = request.servletRequest();
        String address = client.getRemoteAddr();
        String scheme = client.getScheme();
        String host = host(client);
        // the service makes an id of its own, and logs the client's beside it
        headers.remove(RequestId.HEADER);
        RequestId.ofClient(client).ifPresent(own -> headers.set(RequestId.HEADER, own));
        headers.set("X-Forwarded-For", address);
        headers.set("X-Forwarded-Proto", scheme);
        headers.set("X-Forwarded-Host", host);
        headers.set(
                "Forwarded",
                "for=\"%s\";proto=%s;host=\"%s\""
                        .formatted(address.contains(":") ? "[" + address + "]" : address, scheme, host));
        return headers;
    }

    private static String host(HttpServletRequest client) {
        int usual = client.isSecure() ? 443 : 80;
        return client.getServerName() + (client.getServerPort() == usual ? "" : ":" + client.getServerPort());
    }

    /** Last, since the stock filters would remove them again. */
    @Override
    public int getOrder() {
        return RequestOrder.FORWARDED_HEADERS;
    }
}
