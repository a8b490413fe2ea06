package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import app.users.system.Guest.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/check-tokens.md} as printed accept a token and refuse every broken one. */
@Order(1)
@OneForm
class TokenExamplesIT {

    private static final String RUN_IN_NODE = """
            import { userOf } from './users.mjs';
            for (const token of process.argv.slice(2)) {
              console.log(await userOf(token).catch(() => 'refused'));
            }
            """;

    private final RunningSystem system;
    private final CheckTokensPage page;
    private final Guest guest;
    private final Tokens tokens;

    @TempDir
    private Path folder;

    TokenExamplesIT(Form form, Systems systems) {
        system = systems.get(form);
        page = CheckTokensPage.of(system);
        guest = Guest.of(system);
        tokens = guest.tokens();
    }

    @Test
    void inSpring() throws Exception {
        Map<String, String> broken = broken();
        // Spring allows a minute for clocks that differ
        broken.remove("expired");
        try (SpringService service = SpringService.start(folder, page.example("java"), page.example("yaml"))) {
            assertThat(service.ask(tokens.access()).body())
                    .isEqualTo("orders of user " + guest.client().id());
            assertThat(service.ask("").statusCode()).isEqualTo(401);
            service.refuses(broken);
        }
    }

    @Test
    void theIssuerAloneConfiguresSpring() throws Exception {
        Map<String, String> broken = broken();
        // the issuer alone names no audience, and Spring allows a minute for clocks that differ
        broken.keySet().removeAll(Set.of("another audience", "expired"));
        try (SpringService service = SpringService.start(folder, page.example("java"), page.issuerAlone())) {
            assertThat(service.ask(tokens.access()).body())
                    .isEqualTo("orders of user " + guest.client().id());
            service.refuses(broken);
        }
    }

    @Test
    void inNode() throws Exception {
        assumeThat(isThere("node") && isThere("npm"))
                .as("node and npm are on this machine; without them the example for Node is not tried")
                .isTrue();
        Files.writeString(folder.resolve("package.json"), "{\"private\": true, \"type\": \"module\"}");
        Files.writeString(folder.resolve("users.mjs"), page.example("js"));
        Files.writeString(folder.resolve("run.mjs"), RUN_IN_NODE);
        run(List.of("npm", "install", "--no-audit", "--no-fund", page.jose()));
        List<String> command = new ArrayList<>(List.of("node", "run.mjs", tokens.access()));
        Map<String, String> broken = broken();
        command.addAll(broken.values());
        List<String> printed = run(command).lines().toList();
        assertThat(printed).hasSize(1 + broken.size());
        assertThat(printed.getFirst()).isEqualTo(Long.toString(guest.client().id()));
        assertThat(printed.subList(1, printed.size())).containsOnly("refused");
    }

    private Map<String, String> broken() throws Exception {
        Map<String, String> broken = new ForgedTokens(tokens.access(), system.signingKey())
                .all(system.client().get("auth/jwks").expect(200).body());
        broken.put("a refresh token", tokens.refresh());
        return broken;
    }

    private boolean isThere(String program) throws InterruptedException {
        try {
            run(List.of(program, "--version"));
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ends", command).isTrue();
        assertThat(process.exitValue()).as(Files.readString(printed)).isZero();
        return Files.readString(printed);
    }
}
