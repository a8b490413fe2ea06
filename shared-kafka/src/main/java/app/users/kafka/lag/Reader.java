package app.users.kafka.lag;

import java.util.Map;
import java.util.function.Supplier;

/**
 * A reader of events that can be behind.
 *
 * @param name as it stands in metrics and in health
 * @param positions where it is now, by part (a partition, say); may throw when that cannot be told
 */
public record Reader(String name, Supplier<Map<String, Position>> positions) {}
