package app.users.events;

import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an event of an old version becomes one of the next: a pure function of its JSON object. Personal fields are absent
 * where the user was erased.
 *
 * @param from the old wire name
 * @param to the wire name of the next version
 */
record Upcast(String from, String to, UnaryOperator<ObjectNode> change) {}
