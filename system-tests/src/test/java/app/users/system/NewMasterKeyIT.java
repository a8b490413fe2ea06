package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Security line 28: {@code ./run rotate-master-key}, and what its owner is told to do next. */
class NewMasterKeyIT {

    @Test
    void isReplacedByACommandAndNobodyNotices() throws IOException {
        try (StandaloneSystem system = StandaloneSystem.start()) {
            Person person = Person.next();
            Client stranger = system.client();
            stranger.register(person).expect(201);
            Client user = stranger.signIn(person);
            String profile = user.get("user/").expect(200).body();

            system.stop();
            assertThat(system.run("rotate-master-key")).contains("There is a new master key in", "Start again");
            Path secrets = system.data().resolve("secrets.properties");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                    .isEqualTo("rw-------");
            system.restart();

            assertThat(user.get("user/").expect(200).body()).isEqualTo(profile);
            Patience.await("all keys under the new master key")
                    .until(() -> system.printed().contains("users.previous-master-keys is no longer needed"));
            changes(system, person, "Changed once");

            system.stop();
            List<String> needed = Files.readAllLines(secrets).stream()
                    .filter(line -> !line.startsWith("users.previous-master-keys"))
                    .toList();
            Files.write(secrets, needed);
            system.restart();
            changes(system, person, "Changed twice");
        }
    }

    private static void changes(StandaloneSystem system, Person person, String surname) {
        Client user = system.client().signIn(person);
        user.patch("user/", "{\"surname\":\"" + surname + "\"}").expect(200);
        assertThat(user.get("user/").expect(200).text("surname")).isEqualTo(surname);
    }
}
