package app.users.system;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What the objects of other Java processes need, garbage aside. */
final class LiveHeap {

    private LiveHeap() {}

    static long megabytes(List<Long> pids) {
        return pids.stream().mapToLong(LiveHeap::bytes).sum() / 1_000_000;
    }

    private static long bytes(long pid) {
        try {
            VirtualMachine process = VirtualMachine.attach(Long.toString(pid));
            JMXServiceURL address;
            try {
                address = new JMXServiceURL(process.startLocalManagementAgent());
            } finally {
                process.detach();
            }
            try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
                MemoryMXBean memory = ManagementFactory.newPlatformMXBeanProxy(
                        connector.getMBeanServerConnection(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
                memory.gc();
                return memory.getHeapMemoryUsage().getUsed();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
