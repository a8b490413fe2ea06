package app.users.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Which of the possible faults strike in one round, in this order. */
interface Plan {

    List<Fault> choose(List<Fault> possible, Random random);

    /** So many kills and so many outages, by chance. */
    static Plan byChance(int kills, int outages) {
        return (possible, random) -> {
            List<Fault> chosen = new ArrayList<>();
            chosen.addAll(pick(kills, possible.stream().filter(Fault::kills).toList(), random));
            chosen.addAll(pick(
                    outages, possible.stream().filter(fault -> !fault.kills()).toList(), random));
            Collections.shuffle(chosen, random);
            return chosen;
        };
    }

    /** The faults of these names in another order. */
    static Plan of(String... names) {
        return (possible, random) -> {
            List<Fault> chosen = new ArrayList<>(Stream.of(names)
                    .map(name -> possible.stream()
                            .filter(fault -> fault.name().equals(name))
                            .findFirst()
                            .orElseThrow())
                    .toList());
            Collections.shuffle(chosen, random);
            return chosen;
        };
    }

    /** None comes twice before each came once. */
    private static List<Fault> pick(int count, List<Fault> faults, Random random) {
        List<Fault> picked = new ArrayList<>();
        while (picked.size() < count) {
            List<Fault> all = new ArrayList<>(faults);
            Collections.shuffle(all, random);
            picked.addAll(all);
        }
        return picked.subList(0, count);
    }
}
