package app.users.web.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.users.settings.InvalidSetting;
import app.users.web.Client;
import app.users.web.WebConfiguration;
import app.users.web.route.Owner;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Security line 5: only a trusted proxy tells who its client is. The tests connect from 127.0.0.1. */
class TrustedProxiesTest {

    private static final String PATH = "/users/auth/jwks";

    /** Answers with what a service sees of its client. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({WebConfiguration.class, Echo.class})
    static class EchoService {

        @Bean
        Owner commandOwner() {
            return Owner.COMMAND;
        }
    }

    @RestController
    static class Echo {

        @GetMapping(path = PATH, produces = "application/json")
        String client(HttpServletRequest request) {
            String names = new TreeSet<>(Collections.list(request.getHeaderNames()))
                    .stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.joining(","));
            boolean readable = Stream.of("Forwarded", "X-Forwarded-For", "X-Real-IP")
                    .anyMatch(name -> request.getHeader(name) != null
                            || request.getHeaders(name).hasMoreElements());
            return "%s %s %s:%d %s %s %s"
                    .formatted(
                            request.getRemoteAddr(),
                            request.getScheme(),
                            request.getServerName(),
                            request.getServerPort(),
                            request.getRequestURL(),
                            names,
                            readable ? "headers can be read" : "");
        }
    }

    @Nested
    @SpringBootTest(
            classes = EchoService.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                "spring.config.name=web",
                "spring.main.cloud-platform=kubernetes",
                "KUBERNETES_SERVICE_HOST=10.96.0.1",
                "KUBERNETES_SERVICE_PORT=443"
            })
    class WithoutTheSetting {

        private Client client;

        @BeforeEach
        void connect(@LocalServerPort int port) {
            client = new Client(port);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X-Forwarded-For: 203.0.113.7",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Host: evil.example",
                    "X-Forwarded-Port: 443",
                    "X-Forwarded-Ssl: on",
                    "X-Forwarded-Prefix: /evil",
                    "X-Real-IP: 203.0.113.7",
                    "Forwarded: for=203.0.113.7;proto=https;host=evil.example"
                })
        void believesNoHeaderOnKubernetesEither(String header) throws IOException {
            assertThat(echo(client, header))
                    .isEqualTo("127.0.0.1 http users.example:80 http://users.example" + PATH + " connection,host");
        }
    }

    @Nested
    @SpringBootTest(
            classes = EchoService.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                "spring.config.name=web",
                "users.trusted-proxies=127.0.0.1,10.0.0.0/8,2001:db8:aa::/48",
                "users.cors.origins=https://shop.example"
            })
    class WithTheHeadersXForwarded {

        private Client client;

        @BeforeEach
        void connect(@LocalServerPort int port) {
            client = new Client(port);
        }

        /** The products write these headers with the configurations of docs/proxies.md. */
        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                nginx         | X-Forwarded-For: 203.0.113.7 ¶ X-Forwarded-Proto: https ¶ X-Forwarded-Host: users.example | 203.0.113.7
                nginx, forged | X-Forwarded-For: 6.6.6.6, 203.0.113.7 ¶ X-Forwarded-Proto: https | 203.0.113.7
                nginx, empty  | X-Forwarded-For: , 203.0.113.7 ¶ X-Forwarded-Proto: https | 203.0.113.7
                HAProxy       | x-forwarded-for: 203.0.113.7 ¶ x-forwarded-proto: https | 203.0.113.7
                HAProxy, forged | X-Forwarded-For: 6.6.6.6 ¶ X-Forwarded-Proto: https ¶ x-forwarded-for: 203.0.113.7 | 203.0.113.7
                Envoy         | x-forwarded-for: 203.0.113.7 ¶ x-forwarded-proto: https ¶ x-envoy-external-address: 203.0.113.7 ¶ x-request-id: 0f9b | 203.0.113.7
                ingress-nginx | X-Request-ID: 0f9b ¶ X-Real-IP: 203.0.113.7 ¶ X-Forwarded-For: 203.0.113.7 ¶ X-Forwarded-Host: users.example ¶ X-Forwarded-Port: 443 ¶ X-Forwarded-Proto: https ¶ X-Forwarded-Scheme: https ¶ X-Scheme: https | 203.0.113.7
                two proxies   | X-Forwarded-For: 203.0.113.7, 10.1.2.3 ¶ X-Forwarded-Proto: https | 203.0.113.7
                IPv6          | X-Forwarded-For: 2001:db8::7 ¶ X-Forwarded-Proto: https | 2001:db8:0:0:0:0:0:7
                IPv6, trusted | X-Forwarded-For: 2001:db8::7, 2001:db8:aa::1 ¶ X-Forwarded-Proto: https | 2001:db8:0:0:0:0:0:7
                with ports    | X-Forwarded-For: [2001:db8::7]:4711, 10.1.2.3:4711 ¶ X-Forwarded-Proto: https | 2001:db8:0:0:0:0:0:7
                """)
        void takesTheClientFromTheTrustedProxy(String product, String headers, String address) throws IOException {
            assertThat(echo(client, headers))
                    .startsWith(address + " https users.example:443 https://users.example" + PATH + " ")
                    .doesNotContain("forwarded", "x-real-ip", "headers can be read");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                6.6.6.6, 203.0.113.7, 10.1.2.3 | 203.0.113.7
                6.6.6.6, nonsense, 10.1.2.3    | 10.1.2.3
                6.6.6.6, unknown               | 127.0.0.1
                6.6.6.6, localhost             | 127.0.0.1
                6.6.6.6,                       | 127.0.0.1
                6.6.6.6, 127.1                 | 127.0.0.1
                6.6.6.6, 010.0.0.1             | 127.0.0.1
                6.6.6.6, 256.0.0.1             | 127.0.0.1
                6.6.6.6, fe80::1%1             | 127.0.0.1
                6.6.6.6, ::ffff:10.1.2.3       | 6.6.6.6
                10.1.2.3, 10.1.2.4             | 10.1.2.3
                """)
        void stopsAtTheFirstAddressThatIsNotOfATrustedProxy(String claimed, String address) throws IOException {
            assertThat(echo(client, "X-Forwarded-For: " + claimed)).startsWith(address + " ");
        }

        @Test
        void stopsAfterSixteenProxies() throws IOException {
            String proxies = "10.1.2.3, ".repeat(15);
            assertThat(echo(client, "X-Forwarded-For: 203.0.113.7, " + proxies.substring(0, proxies.length() - 2)))
                    .startsWith("203.0.113.7 ");
            assertThat(echo(client, "X-Forwarded-For: 203.0.113.7, " + proxies + "10.9.9.9"))
                    .startsWith("10.1.2.3 ");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                X-Forwarded-Proto: https                                              | https users.example:443
                X-Forwarded-Proto: HTTPS                                              | https users.example:443
                X-Forwarded-Proto: https, http                                        | http users.example:80
                X-Forwarded-Proto: gopher                                             | http users.example:80
                X-Forwarded-Port: 8443 ¶ X-Forwarded-Proto: https                     | https users.example:8443
                X-Forwarded-Port: 0 ¶ X-Forwarded-Proto: https                        | https users.example:443
                X-Forwarded-Port: 99999 ¶ X-Forwarded-Proto: https                    | https users.example:443
                X-Forwarded-Host: id.example                                          | http id.example:80
                X-Forwarded-Host: id.example:8080                                     | http id.example:8080
                X-Forwarded-Host: [2001:db8::1]:8080                                  | http [2001:db8::1]:8080
                X-Forwarded-Host: evil.example, id.example                            | http id.example:80
                X-Forwarded-Host: evil.example/path                                   | http users.example:80
                X-Forwarded-Host: evil.example@id                                     | http users.example:80
                X-Forwarded-Host: [::                                                 | http users.example:80
                X-Forwarded-Host:                                                     | http users.example:80
                X-Forwarded-Host: id.example:0                                        | http id.example:80
                """)
        void takesSchemeHostAndPortIfTheyAreValid(String headers, String seen) throws IOException {
            assertThat(echo(client, headers)).startsWith("127.0.0.1 " + seen + " ");
        }

        /** HAProxy and nginx hand this header on as the client wrote it. */
        @Test
        void ignoresTheHeaderForwarded() throws IOException {
            assertThat(echo(client, "Forwarded: for=6.6.6.6;proto=https;host=evil.example"))
                    .startsWith("127.0.0.1 http users.example:80 ")
                    .doesNotContain("forwarded", "headers can be read");
        }

        @Test
        void aPageOfThisOriginIsNoForeignPage() throws IOException {
            String page = "Origin: https://users.example";
            assertThat(answer(client, page)).startsWith("HTTP/1.1 403");
            assertThat(answer(client, page + " ¶ X-Forwarded-Proto: https")).startsWith("HTTP/1.1 200");
        }

        @Test
        void browsersAreToldToStayWithTls() throws IOException {
            assertThat(answer(client, "X-Forwarded-Proto: https")).contains("Strict-Transport-Security: max-age=");
            assertThat(answer(client, "X-Forwarded-Proto: http")).doesNotContain("Strict-Transport-Security");
        }

        @Test
        void headersBeyondTheLimitAreRefusedBeforeTheyAreSearched() throws IOException {
            assertThat(answer(client, "X-Forwarded-For: " + "10.1.2.3,".repeat(2_000) + "203.0.113.7"))
                    .startsWith("HTTP/1.1 431");
        }
    }

    @Nested
    @SpringBootTest(
            classes = EchoService.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {
                "spring.config.name=web",
                "users.trusted-proxies=127.0.0.0/8,10.0.0.0/8",
                "users.trusted-proxies-header=forwarded"
            })
    class WithTheHeaderForwarded {

        private Client client;

        @BeforeEach
        void connect(@LocalServerPort int port) {
            client = new Client(port);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                for=203.0.113.7;proto=https                                        | 203.0.113.7 https users.example:443
                proto=https;for=203.0.113.7                                        | 203.0.113.7 https users.example:443
                For="203.0.113.7:4711"; Proto=https; Host="id.example"; by=10.0.0.1 | 203.0.113.7 https id.example:443
                for="[2001:db8::7]:4711";proto=https;host="id.example:8443"        | 2001:db8:0:0:0:0:0:7 https id.example:8443
                for="[2001:db8::7]"                                                | 2001:db8:0:0:0:0:0:7 http users.example:80
                for="203.0.113.7:_port"                                            | 203.0.113.7 http users.example:80
                for=6.6.6.6, for=203.0.113.7;proto=https                           | 203.0.113.7 https users.example:443
                for=203.0.113.7;proto=https, for=10.1.2.3;proto=http               | 203.0.113.7 https users.example:443
                for=6.6.6.6;proto=https ¶ Forwarded: for=203.0.113.7               | 203.0.113.7 http users.example:80
                for=203.0.113.7;host="a,b"                                         | 203.0.113.7 http users.example:80
                for=203.0.113.7;proto=gopher                                       | 203.0.113.7 http users.example:80
                for=6.6.6.6, for=unknown;proto=https                               | 127.0.0.1 https users.example:443
                for=6.6.6.6, for=_hidden                                           | 127.0.0.1 http users.example:80
                for=6.6.6.6, for=203.0.113.7;for=203.0.113.8                       | 127.0.0.1 http users.example:80
                for=6.6.6.6, for=[2001:db8::7]                                     | 127.0.0.1 http users.example:80
                for=6.6.6.6, for="203.0.113.7                                      | 127.0.0.1 http users.example:80
                for=6.6.6.6, for 203.0.113.7                                       | 127.0.0.1 http users.example:80
                for=6.6.6.6, nonsense, for=10.1.2.3                                | 10.1.2.3 http users.example:80
                for=6.6.6.6;x=", for=203.0.113.7                                   | 203.0.113.7 http users.example:80
                for=6.6.6.6;x=", for="[2001:db8::7]:4711";proto=https              | 2001:db8:0:0:0:0:0:7 https users.example:443
                for=203.0.113.7;host="x, for=6.6.6.6"                              | 203.0.113.7 http users.example:80
                """)
        void takesTheClientFromTheTrustedProxy(String forwarded, String seen) throws IOException {
            assertThat(echo(client, "Forwarded: " + forwarded))
                    .startsWith(seen + " ")
                    .doesNotContain("forwarded", "headers can be read");
        }

        @Test
        void nonsenseCostsNothing() throws IOException {
            String quotes = "\",".repeat(7_000);
            long start = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                assertThat(echo(client, "Forwarded: " + quotes)).startsWith("127.0.0.1 http users.example:80 ");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }

        /** A proxy that writes the other header may hand this family on as the client wrote it. */
        @Test
        void ignoresTheHeadersXForwarded() throws IOException {
            assertThat(echo(
                            client,
                            "X-Forwarded-For: 6.6.6.6 ¶ X-Forwarded-Proto: https ¶ X-Forwarded-Host: evil.example"))
                    .startsWith("127.0.0.1 http users.example:80 ")
                    .doesNotContain("forwarded", "headers can be read");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0", "10.0.0.0/33", "10.0.0.0/", "::1/129", "10.0.0.1;80", "", "*"})
    void refusesTrustInAnythingButAddresses(String range) {
        assertThatThrownBy(() -> new TrustedProxiesProperties(List.of(range), ProxyHeader.X_FORWARDED))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("users.trusted-proxies has \"" + range + "\"; it takes IP addresses");
    }

    private static String echo(Client client, String headers) throws IOException {
        String answer = answer(client, headers);
        assertThat(answer).startsWith("HTTP/1.1 200");
        return answer.substring(answer.indexOf("\r\n\r\n") + 4).strip();
    }

    /** @param headers with ¶ between the lines */
    private static String answer(Client client, String headers) throws IOException {
        return client.raw("GET " + PATH + " HTTP/1.1\r\nHost: users.example\r\nConnection: close\r\n"
                + headers.replaceAll(" *¶ *", "\r\n") + "\r\n\r\n");
    }
}
