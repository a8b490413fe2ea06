import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** CPU time of processes and all their descendants, as Linux counts it: in ticks of 10 ms. */
record ServerCpu(List<Long> pids) {

    private static final int MILLIS_PER_TICK = 10;

    long millis() {
        return pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .mapToLong(process -> millis(process.pid()))
                .sum();
    }

    /** Of the threads that hash passwords, and of nothing else. */
    long hashingMillis() {
        return pids.stream()
                .map(pid -> Path.of("/proc/" + pid + "/task"))
                .flatMap(ServerCpu::threads)
                .filter(thread -> read(thread.resolve("comm")).startsWith("passwords-"))
                .mapToLong(thread -> ticks(read(thread.resolve("stat"))) * MILLIS_PER_TICK)
                .sum();
    }

    private static Stream<Path> threads(Path folder) {
        try (Stream<Path> threads = Files.list(folder)) {
            return threads.toList().stream();
        } catch (IOException e) {
            return Stream.empty(); // it has ended
        }
    }

    private static long millis(long pid) {
        return ticks(read(Path.of("/proc/" + pid + "/stat"))) * MILLIS_PER_TICK;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    /**
     * User and system time are fields 14 and 15, those of children that have ended fields 16 and 17. The name before them may hold
     * anything but ends with a bracket.
     */
    private static long ticks(String stat) {
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Stream.of(fields).skip(11).limit(4).mapToLong(Long::parseLong).sum();
    }
}
