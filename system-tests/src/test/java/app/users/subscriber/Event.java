package app.users.subscriber;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** A record of the topic that keeps the contract. */
record Event(String type, long user, long sequence, Instant time, JsonNode value) {}
