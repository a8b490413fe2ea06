package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Another team's service as a process: a program of one file on the libraries of Spring Boot, without any class of ours. */
final class SpringService implements AutoCloseable {

    private static final Pattern LIBRARY = Pattern.compile(
            "(spring|tomcat|jackson|micrometer|nimbus|slf4j|logback|snakeyaml|jspecify|commons-logging|jcip|jakarta)[^/]*\\.jar");

    private final int port = Ports.free();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path output;
    private final Process process;

    private SpringService(Path folder, String program, String settings) throws IOException {
        Files.writeString(folder.resolve("Orders.java"), program);
        Files.writeString(folder.resolve("application.yml"), settings);
        output = folder.resolve("output");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        libraries(),
                        "Orders.java",
                        "--server.address=127.0.0.1",
                        "--server.port=" + port)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** @param folder an empty one */
    static SpringService start(Path folder, String program, String settings) throws IOException {
        SpringService service = new SpringService(folder, program, settings);
        Patience.await("start of another service")
                .failFast(() -> assertThat(service.process.isAlive())
                        .as(Files.readString(service.output))
                        .isTrue())
                .until(service::listens);
        return service;
    }

    private static String libraries() {
        List<String> libraries = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .filter(path ->
                        LIBRARY.matcher(Path.of(path).getFileName().toString()).matches() && !path.contains("-test"))
                .toList();
        assertThat(libraries).anyMatch(path -> path.contains("spring-security-oauth2-resource-server"));
        return libraries.stream().collect(Collectors.joining(File.pathSeparator));
    }

    private boolean listens() {
        try {
            ask("");
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    HttpResponse<String> ask(String token) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @param tokens by what is wrong with them */
    void refuses(Map<String, String> tokens) throws IOException {
        for (var token : tokens.entrySet()) {
            assertThat(ask(token.getValue()).statusCode()).as(token.getKey()).isEqualTo(401);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        http.close();
    }
}
