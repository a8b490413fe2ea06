package app.users.web;

import static app.users.web.Client.problem;
import static org.assertj.core.api.Assertions.assertThat;

import app.users.web.page.PageConfiguration;
import app.users.web.page.Part;
import app.users.web.route.Owner;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
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
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        classes = FirstPageTest.Service.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=web", "users.pages.mails=http://localhost:8025/?a&b"})
@DirtiesContext
class FirstPageTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final AtomicInteger CHECKS = new AtomicInteger();
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Client client;

    /** A command service with a part that works, one that fails and one that hangs. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({WebConfiguration.class, PageConfiguration.class})
    static class Service {

        @Bean
        Owner commandOwner() {
            return Owner.COMMAND;
        }

        @Bean
        JWKSource<SecurityContext> keys() {
            return new ImmutableJWKSet<>(TestTokens.publicKeys());
        }

        @Bean
        Part working() {
            return Part.of("working", () -> CHECKS.incrementAndGet() > 0);
        }

        @Bean
        Part failing() {
            return Part.of("failing", () -> {
                throw new IllegalStateException("secret");
            });
        }

        @Bean
        Part hanging() {
            return Part.of("hanging", FirstPageTest::hang);
        }
    }

    private static boolean hang() {
        try {
            NEVER.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new Client(port);
    }

    @AfterAll
    static void release() {
        NEVER.countDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/users", "/users/"})
    void answersABrowserWithAPage(String path) {
        HttpResponse<String> page = client.send("GET", path, "Accept", BROWSER);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().allValues("Vary")).contains("Accept");
        assertThat(page.body())
                .contains("href=\"/users/docs\"", "href=\"http://localhost:8025/?a&amp;b\"", "docs/api.md")
                .contains("<span>working</span><span class=\"state UP\">UP</span>")
                .doesNotContain("secret", "{{");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /       | application/json
            /users  | application/json
            /users/ | */*
            /users/ | application/json, text/html;q=0.9
            /users/ | text/html;q=0.9, application/json
            """)
    void answersOtherClientsWithJson(String path, String accept) {
        HttpResponse<String> page = client.send("GET", path, "Accept", accept);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("application/json");
        JsonNode json = new JsonMapper().readTree(page.body());
        assertThat(json.at("/links/api").asString()).isEqualTo("/users/docs");
        assertThat(json.at("/links/mails").asString()).isEqualTo("http://localhost:8025/?a&b");
        assertThat(json.at("/parts/working").asString()).isEqualTo("UP");
        assertThat(json.at("/parts/failing").asString()).isEqualTo("DOWN");
        assertThat(json.at("/parts/hanging").asString()).isEqualTo("DOWN");
    }

    @Test
    void answersAClientThatAcceptsAnythingWithJson() {
        assertThat(client.send("GET", "/").headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void namesDocumentsThatExist() {
        JsonNode documents =
                new JsonMapper().readTree(client.send("GET", "/users/").body()).path("documents");
        assertThat(documents)
                .isNotEmpty()
                .allSatisfy(document -> assertThat(
                                Path.of("..", document.path("file").asString()))
                        .isRegularFile());
    }

    @Test
    void checksEachPartOnceForManyVisitors() throws InterruptedException {
        client.send("GET", "/users/");
        int before = CHECKS.get();
        long start = System.nanoTime();
        try (ExecutorService visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                visitors.submit(() -> client.send("GET", "/users/"));
            }
        }
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        assertThat(CHECKS.get() - before).isLessThanOrEqualTo((int) (seconds / 5) + 1);
    }

    @Test
    void refusesOtherTypesMethodsAndPaths() {
        problem(client.send("GET", "/users/", "Accept", "image/png"), 406, "not-acceptable");
        HttpResponse<String> wrong = client.send("POST", "/");
        problem(wrong, 405, "method-not-allowed");
        assertThat(wrong.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        problem(client.send("GET", "/nowhere"), 404, "not-found");
        problem(client.send("GET", "/users/pages/users.txt"), 404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/users/", "/users/pages/users.css"})
    void answersHeadWithoutABody(String path) {
        HttpResponse<String> head = client.send("HEAD", path, "Accept", "*/*");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"users.css, text/css;charset=UTF-8", "users.svg, image/svg+xml;charset=UTF-8"})
    void servesItsFiles(String file, String type) {
        HttpResponse<String> answer = client.send("GET", "/users/pages/" + file);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(client.send("GET", "/users/pages/" + file, "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
    }
}
