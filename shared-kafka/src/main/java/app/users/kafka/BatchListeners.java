package app.users.kafka;

import java.time.Duration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** Containers of listeners that take records in batches and are called each second when there are none. */
public final class BatchListeners {

    private BatchListeners() {}

    public static ConcurrentKafkaListenerContainerFactory<String, byte[]> factory(
            ConsumerFactory<String, byte[]> consumers) {
        var factory = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        factory.setConsumerFactory(consumers);
        factory.setBatchListener(true);
        factory.getContainerProperties().setIdleEventInterval(1_000L);
        // without it a right that is missing for a moment stops the reader for good
        factory.getContainerProperties().setAuthExceptionRetryInterval(Duration.ofSeconds(10));
        factory.setCommonErrorHandler(new DefaultErrorHandler(withoutEnd()));
        return factory;
    }

    /** An outage ends; until then the batch is tried again, at most 10 s apart. */
    private static ExponentialBackOff withoutEnd() {
        ExponentialBackOff backOff = new ExponentialBackOff(200, 2);
        backOff.setMaxInterval(10_000);
        return backOff;
    }
}
