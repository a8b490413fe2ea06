package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The folder {@code data/} belongs to its owner and to one process, and survives a kill at any moment. */
@Order(2)
@TestInstance(Lifecycle.PER_CLASS)
class DataFolderIT {

    /** Far below the minute and a half that a second start took before; mostly the start of a JVM on a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(20);

    /** What the first start has made when it is killed. */
    enum Moment {
        BEFORE_ANYTHING {
            @Override
            boolean isReached(Path data) {
                return true;
            }
        },
        LOCKED {
            @Override
            boolean isReached(Path data) {
                return Files.exists(data.resolve("lock"));
            }
        },
        SECRETS_MADE {
            @Override
            boolean isReached(Path data) {
                return Files.exists(data.resolve("secrets.properties"));
            }
        },
        PROGRAMS_BEING_UNPACKED {
            @Override
            boolean isReached(Path data) {
                return contains(data.resolve("postgres"), "programs-");
            }
        },
        DATABASE_BEING_MADE {
            @Override
            boolean isReached(Path data) {
                return contains(data.resolve("postgres"), "data.part");
            }
        },
        DATABASE_MADE {
            @Override
            boolean isReached(Path data) {
                return Files.exists(data.resolve("postgres/data/PG_VERSION"));
            }
        },
        DATABASE_SERVER_STARTED {
            @Override
            boolean isReached(Path data) {
                return Files.exists(data.resolve("postgres/data/postmaster.pid"));
            }
        },
        KAFKA_BEING_MADE {
            @Override
            boolean isReached(Path data) {
                return contains(data, "kafka");
            }
        },
        TOPICS_MADE {
            @Override
            boolean isReached(Path data) {
                return contains(data.resolve("kafka"), "users.events-");
            }
        };

        abstract boolean isReached(Path data);

        static boolean contains(Path folder, String start) {
            try (Stream<Path> files = Files.list(folder)) {
                return files.anyMatch(f -> f.getFileName().toString().startsWith(start));
            } catch (IOException notYet) {
                return false;
            }
        }
    }

    private final StandaloneSystem system = StandaloneSystem.launchOnly();

    /**
     * Each start goes on with what the killed one left, gets further than that, and is killed too; the last may finish, on
     * folders that were opened to everybody.
     */
    @BeforeAll
    void killTheFirstStartAtEachMoment() throws IOException {
        for (Moment moment : Moment.values()) {
            Awaitility.await(moment.toString())
                    .atMost(Duration.ofMinutes(4))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .failFast(() -> !system.isRunning())
                    .until(() -> moment.isReached(system.data()));
            system.kill();
            if (moment == Moment.TOPICS_MADE) {
                Files.setPosixFilePermissions(system.data(), PosixFilePermissions.fromString("rwxrwxrwx"));
                Files.setPosixFilePermissions(
                        system.data().resolve("postgres"), PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            system.relaunch();
        }
        system.awaitReady();
    }

    @AfterAll
    void close() {
        system.close();
    }

    @Test
    void survivesKillsOfTheFirstStart() {
        Guest.of(system).client().get("user/").expect(200);
        assertThat(leftovers(system.data())).isEmpty();
    }

    @Test
    void isForItsOwnerAndOneProcessOnly() throws IOException {
        for (Path folder : List.of(system.data(), system.data().resolve("postgres"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }
        for (String[] arguments : new String[][] {{}, {"rotate-master-key"}, {"rotate-signing-key"}}) {
            refusesToShare(system, arguments);
        }
        Guest.of(system).client().get("user/").expect(200);
    }

    private static void refusesToShare(StandaloneSystem system, String... arguments) {
        long began = System.nanoTime();
        try (JavaProcess second = system.another(arguments)) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
            assertThat(second.output().lines().filter(line -> !line.startsWith("WARNING: ")))
                    .containsExactly(
                            "Users did not start: users.data is \"%s\", which process %d uses; stop that process, or choose another folder with --users.data=<folder> and other ports"
                                    .formatted(system.data(), system.pids().getFirst()));
        }
    }

    private static List<Path> leftovers(Path data) {
        try (Stream<Path> files = Files.find(
                data, 2, (file, attributes) -> file.getFileName().toString().contains(".part"))) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
