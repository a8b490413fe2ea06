import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What processes hold, as Linux and the JVM tell. The sums are over these processes, not their descendants. */
record Footprint(List<Long> pids) {

    static final String HEAD = "live heap MiB | RSS MiB | threads | files | sockets";
    static final String RULE = "---|---|---|---|---";

    /** Asks each JVM for a full collection first. */
    String row() {
        return "%d | %d | %d | %d | %d".formatted(
                sum(Footprint::liveHeap) / 1024,
                sum(pid -> status(pid, "VmRSS:")) / 1024,
                sum(pid -> status(pid, "Threads:")),
                sum(pid -> files(pid, "")),
                sum(pid -> files(pid, "socket:")));
    }

    private long sum(ToLongFunction<Long> value) {
        return pids.stream().mapToLong(value).sum();
    }

    /** KiB. Zero for another program than a JVM: {@code jcmd} would send it SIGQUIT, which stops a PostgreSQL at once. */
    private static long liveHeap(long pid) {
        if (!target(Path.of("/proc/" + pid + "/exe")).endsWith("/java")) {
            return 0;
        }
        command(pid, "GC.run");
        return command(pid, "GC.heap_info")
                .lines()
                .filter(line -> line.matches(".* used \\d+K.*") && !line.matches("(?i).*(metaspace|class space).*"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".* used (\\d+)K.*", "$1")))
                .sum();
    }

    private static String command(long pid, String command) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(pid), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes());
        } catch (IOException e) {
            return "";
        }
    }

    private static long status(long pid, String field) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private static long files(long pid, String kind) {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.filter(file -> target(file).startsWith(kind)).count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            return ""; // it was closed
        }
    }
}
