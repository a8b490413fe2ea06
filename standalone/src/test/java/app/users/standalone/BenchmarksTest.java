package app.users.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody runs a benchmark for months; it must still be one of this code when somebody does. */
class BenchmarksTest {

    private static final Path BENCHMARKS = Path.of("../benchmarks");

    @TempDir
    Path classes;

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void stillCompiles(Path benchmark) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (var sources = Files.list(benchmark);
                var files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> java =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(java).isNotEmpty();
            boolean compiled = compiler.getTask(
                            errors,
                            files,
                            null,
                            List.of("-proc:none", "-d", classes.toString()),
                            null,
                            files.getJavaFileObjectsFromPaths(java))
                    .call();
            assertThat(compiled).as(errors.toString()).isTrue();
        }
    }

    static Stream<Path> folders() throws IOException {
        try (var folders = Files.list(BENCHMARKS)) {
            return folders.filter(Files::isDirectory).toList().stream();
        }
    }
}
