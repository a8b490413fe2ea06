package app.users.subscriber;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that the subscriber remembers, in one file, so that the copy and the offsets never disagree.
 *
 * @param offsets of the next record, by partition
 * @param profiles by user id
 * @param left the ids of who was erased, for a repeat of what was before must bring nobody back
 * @param early events that came before their turn, by user id and version
 */
record Memory(
        Map<Integer, Long> offsets, Map<Long, Profile> profiles, Set<Long> left, Map<Long, Map<Long, Event>> early) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    Memory {
        offsets = new ConcurrentHashMap<>(offsets);
        profiles = new ConcurrentHashMap<>(profiles);
        Set<Long> known = ConcurrentHashMap.newKeySet();
        known.addAll(left);
        left = known;
        early = new ConcurrentHashMap<>(early);
    }

    Memory() {
        this(Map.of(), Map.of(), Set.of(), Map.of());
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
        if (event.type().equals("user.erased.v1")) {
            profiles.remove(event.user());
            early.remove(event.user());
            left.add(event.user());
            return;
        }
        if (event.sequence() < next(event.user())) {
            return;
        }
        Map<Long, Event> waiting = early.computeIfAbsent(event.user(), user -> new TreeMap<>());
        waiting.put(event.sequence(), event);
        for (Event due = waiting.remove(next(event.user())); due != null; due = waiting.remove(next(event.user()))) {
            apply(due);
        }
        if (waiting.isEmpty()) {
            early.remove(event.user());
        }
    }

    /** The version whose turn it is. */
    private long next(long user) {
        Profile profile = profiles.get(user);
        return profile == null ? 1 : profile.version() + 1;
    }

    private void apply(Event event) {
        profiles.compute(
                event.user(), (user, profile) -> profile == null ? Profile.registered(event) : profile.after(event));
    }
}
