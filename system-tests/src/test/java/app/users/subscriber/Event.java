package app.users.subscriber;

import tools.jackson.databind.JsonNode;

/** A record of the topic that keeps the contract. */
record Event(String type, long user, long sequence, JsonNode value) {}
