package app.users.faults;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * New values of one to three fields.
 *
 * @param events the types of the events that it leads to
 */
record Change(ObjectNode body, Set<String> events) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @param executor the present value: a change to it would lead to no event */
    static Change byChance(Random random, Addresses addresses, boolean executor) {
        Change change = new Change(JSON.createObjectNode(), new HashSet<>());
        for (int i = random.nextInt(3); i >= 0; i--) {
            switch (random.nextInt(8)) {
                case 0 -> change.put("email", addresses.email());
                case 1 -> change.put("number", addresses.number());
                case 2 -> change.put("password", addresses.password());
                case 3 -> {
                    change.body.put("executor", !executor);
                    change.events.add("user.executor-changed.v1");
                }
                default -> {
                    change.body.put(ProfileFields.TEXTS.get(random.nextInt(4)), addresses.text());
                    change.events.add("user.profile-changed.v1");
                }
            }
        }
        return change;
    }

    private void put(String field, String value) {
        body.put(field, value);
        events.add("user.%s-changed.v1".formatted(field));
    }
}
