package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What the objects of other Java processes need, garbage aside. */
final class LiveHeap {

    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

    private LiveHeap() {}

    static long megabytes(List<Long> pids) {
        return pids.stream().mapToLong(LiveHeap::kilobytes).sum() / 1024;
    }

    private static long kilobytes(long pid) {
        ask(pid, "GC.run");
        String info = ask(pid, "GC.heap_info");
        List<Long> generations =
                USED.matcher(info).results().map(r -> Long.valueOf(r.group(1))).toList();
        assertThat(generations).as(info).hasSize(2);
        return generations.stream().mapToLong(Long::longValue).sum();
    }

    private static String ask(long pid, String command) {
        try {
            Process jcmd = new ProcessBuilder(JCMD.toString(), Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
