package app.users.management;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.settings.Key;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class OperatorFilterTest {

    private static final String TOKEN = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String BEARER = "Bearer " + TOKEN;
    private static final String PASSED = "200";

    private final OperatorFilter filter = filter(Key.of(TOKEN));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/health",
                "/actuator/health/readiness",
                "/actuator/health/readiness/queryViews",
                "/actuator/metrics",
                "/actuator/metrics/http.server.requests"
            })
    void opensHealthAndMetricsToReads(String path) throws Exception {
        for (String method : List.of("GET", "HEAD")) {
            assertThat(answer(filter, new MockHttpServletRequest(method, path))).isEqualTo(PASSED);
        }
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")) {
            var write = operator(method, path);
            write.removeHeader("Authorization");
            assertThat(answer(filter, write)).isEqualTo("401 no-token");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/replay",
                "/actuator/env",
                "/actuator/healthy",
                "/actuator/health/../replay",
                "/actuator/health/..;/replay",
                "/actuator/health/%2e%2e/replay",
                "/actuator/health;x/../replay",
                "/actuator/health//replay",
                "//actuator/health",
                "/actuator/metrics/.",
                "/error",
                "/",
                ""
            })
    void keepsEveryOtherReadClosed(String path) throws Exception {
        var request = new MockHttpServletRequest("GET", path);
        request.addHeader("Host", "localhost:8090");
        assertThat(answer(filter, request)).isEqualTo("401 no-token");
    }

    @Test
    void passesAnOperatorOn() throws Exception {
        assertThat(answer(filter, operator("GET", "/actuator/replay"))).isEqualTo(PASSED);
        assertThat(answer(filter, operator("DELETE", "/actuator/replay"))).isEqualTo(PASSED);
        assertThat(answer(filter, withBody("POST", "application/json", 2))).isEqualTo(PASSED);
        assertThat(answer(filter, withBody("POST", "application/json;charset=UTF-8", OperatorFilter.BODY_BYTES)))
                .isEqualTo(PASSED);
    }

    @Test
    void refusesEveryOperationWithoutAConfiguredToken() throws Exception {
        OperatorFilter closed = filter(null);
        assertThat(answer(closed, operator("GET", "/actuator/replay"))).isEqualTo("403 no-token-configured");
        assertThat(answer(closed, withBody("POST", "application/json", 2))).isEqualTo("403 no-token-configured");
        assertThat(answer(closed, new MockHttpServletRequest("GET", "/actuator/health")))
                .isEqualTo(PASSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer x", "Bearer AAAA", "Basic ", "Bearer=", "Token " + "AAAA"})
    void refusesAnyOtherToken(String authorization) throws Exception {
        var request = operator("GET", "/actuator/replay");
        request.removeHeader("Authorization");
        request.addHeader("Authorization", authorization);
        assertThat(answer(filter, request)).isEqualTo("401 bad-token");
    }

    @Test
    void refusesTwoTokensThoughOneIsRight() throws Exception {
        var request = operator("GET", "/actuator/replay");
        request.addHeader("Authorization", "Bearer other");
        assertThat(answer(filter, request)).isEqualTo("401 bad-token");
    }

    @Test
    void asksForTheBearerScheme() throws Exception {
        var request = operator("GET", "/actuator/replay");
        request.removeHeader("Authorization");
        var response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer realm=\"management\"");
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(response.getContentAsString())
                .isEqualTo("{\"type\":\"urn:users:problem:no-token\",\"title\":\"No token\",\"status\":401,"
                        + "\"detail\":\"Send Authorization: Bearer <users.management.token>.\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "LOCALHOST:8090, 200",
        "127.0.0.1:8090, 200",
        "[::1]:8090, 200",
        "localhost.evil.example, 421 foreign-host",
        "evil.example:8090, 421 foreign-host",
        "localhost:x, 421 foreign-host",
        "localhost:8090:1, 421 foreign-host",
        "localhost., 421 foreign-host",
        "'', 421 foreign-host"
    })
    void takesOnlyKnownHosts(String host, String answer) throws Exception {
        var request = operator("GET", "/actuator/replay");
        request.removeHeader("Host");
        request.addHeader("Host", host);
        assertThat(answer(filter, request)).isEqualTo(answer);
    }

    @Test
    void refusesAMissingAndASecondHost() throws Exception {
        var request = operator("GET", "/actuator/replay");
        request.addHeader("Host", "localhost");
        assertThat(answer(filter, request)).isEqualTo("421 foreign-host");
        request.removeHeader("Host");
        assertThat(answer(filter, request)).isEqualTo("421 foreign-host");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://localhost:3000",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, none"
    })
    void refusesBrowsers(String header, String value) throws Exception {
        var request = operator("GET", "/actuator/replay");
        request.addHeader(header, value);
        assertThat(answer(filter, request)).isEqualTo("403 from-browser");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/vnd.spring-boot.actuator.v3+json",
                "application/jsonp",
                "application/json;charset=utf-16",
                "text/plain;application/json"
            })
    void takesNoBodyButJson(String type) throws Exception {
        assertThat(answer(filter, withBody("POST", type, 2))).isEqualTo("415 unsupported-media-type");
        assertThat(answer(filter, withBody("DELETE", type, 2))).isEqualTo("415 unsupported-media-type");
    }

    @Test
    void asksForJsonEvenOfAWriteWithoutBody() throws Exception {
        assertThat(answer(filter, operator("POST", "/actuator/replay"))).isEqualTo("415 unsupported-media-type");
    }

    @Test
    void boundsTheBody() throws Exception {
        assertThat(answer(filter, withBody("POST", "application/json", OperatorFilter.BODY_BYTES + 1)))
                .isEqualTo("413 body-too-large");
        var chunked = withBody("POST", "application/json", 0);
        chunked.addHeader("Transfer-Encoding", "chunked");
        assertThat(answer(filter, chunked)).isEqualTo("411 length-required");
    }

    private static MockHttpServletRequest operator(String method, String path) {
        var request = new MockHttpServletRequest(method, path);
        request.addHeader("Host", "localhost:8090");
        request.addHeader("Authorization", BEARER);
        return request;
    }

    private static MockHttpServletRequest withBody(String method, String type, int bytes) {
        var request = operator(method, "/actuator/replay");
        request.setContentType(type);
        request.setContent(new byte[bytes]);
        return request;
    }

    private static OperatorFilter filter(@Nullable Key token) {
        var settings = new ManagementProperties(token, List.of("localhost", "127.0.0.1", "[::1]"));
        return new OperatorFilter(settings, JsonMapper.builder().build());
    }

    /** Status and code; only the status when the request passed. */
    private static String answer(OperatorFilter filter, MockHttpServletRequest request) throws Exception {
        var response = new MockHttpServletResponse();
        var chain = new MockFilterChain();
        filter.doFilter(request, response, chain);
        assertThat(chain.getRequest() != null).isEqualTo(response.getStatus() == 200);
        String code = response.getContentAsString().replaceAll(".*urn:users:problem:([a-z-]+).*", " $1");
        return response.getStatus() + code;
    }
}
