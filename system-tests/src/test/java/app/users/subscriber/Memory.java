package app.users.subscriber;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that the subscriber remembers, in one file, so that the copy and the offsets never disagree.
 *
 * @param offsets of the next record, by partition
 * @param profiles by user id
 * @param left the ids of who was erased, for a repeat of what was before must bring nobody back
 */
record Memory(Map<Integer, Long> offsets, Map<Long, Profile> profiles, Set<Long> left) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    Memory {
        offsets = new ConcurrentHashMap<>(offsets);
        profiles = new ConcurrentHashMap<>(profiles);
        Set<Long> known = ConcurrentHashMap.newKeySet();
        known.addAll(left);
        left = known;
    }

    Memory() {
        this(Map.of(), Map.of(), Set.of());
    }

    static Memory load(Path file) {
        return Files.exists(file) ? JSON.readValue(file, Memory.class) : new Memory();
    }

    /** The old file stays until the new one is whole. */
    void save(Path file) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        JSON.writeValue(next, this);
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void take(Event event) {
        if (left.contains(event.user())) {
            return;
        }
        switch (event.type()) {
            case "user.registered.v1" -> profiles.putIfAbsent(event.user(), Profile.registered(event));
            case "user.erased.v1" -> {
                profiles.remove(event.user());
                left.add(event.user());
            }
            default ->
                profiles.computeIfPresent(
                        event.user(),
                        (user, profile) -> event.sequence() > profile.version() ? profile.after(event) : profile);
        }
    }
}
