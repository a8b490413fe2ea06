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

    /** User and system time are fields 14 and 15; the name before them may hold anything but ends with a bracket. */
    private static long millis(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
        } catch (IOException e) {
            return 0; // it has ended
        }
    }
}
