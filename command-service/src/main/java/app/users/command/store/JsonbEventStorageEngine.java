package app.users.command.store;

import app.users.command.keys.UserKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;

/**
 * Axon's JDBC engine on {@code jsonb} columns: the casts on insert and the read as text differ from stock, the ids that a
 * client gave its request are sealed, and a snapshot is stored only while the user has a key.
 */
final class JsonbEventStorageEngine extends JdbcEventStorageEngine {

    JsonbEventStorageEngine(Builder builder, UserKeys keys) {
        super(builder.dataType(String.class)
                .appendEvents((c, schema, type, events, serializer, timestamps) ->
                        append(c, schema, events, serializer, keys))
                .appendSnapshot((c, schema, type, snapshot, serializer, timestamps) ->
                        appendSnapshot(c, schema, snapshot, serializer)));
    }

    @Override
    @SuppressWarnings("unchecked")
    protected <T> T readPayload(ResultSet row, String column) throws SQLException {
        return (T) row.getString(column);
    }

    private static PreparedStatement append(
            Connection connection,
            EventSchema schema,
            Iterable<? extends EventMessage<?>> events,
            Serializer serializer,
            UserKeys keys)
            throws SQLException {
        PreparedStatement insert = connection.prepareStatement("insert into " + schema.domainEventTable() + " ("
                + schema.domainEventFields() + ") values (?,?,?,?,?,?,?,?::jsonb,?::jsonb)");
        for (EventMessage<?> event : events) {
            bind(insert, ClientIds.stored(asDomainEvent(event), keys), serializer);
            insert.addBatch();
        }
        return insert;
    }

    /**
     * The lock on the key puts it before the erasure, which deletes it, or after the erasure, when there is nothing to store.
     * Another process may have stored the same one.
     */
    private static PreparedStatement appendSnapshot(
            Connection connection, EventSchema schema, DomainEventMessage<?> snapshot, Serializer serializer)
            throws SQLException {
        PreparedStatement insert = connection.prepareStatement("insert into " + schema.snapshotTable() + " ("
                + schema.domainEventFields() + ") select ?,?,?,?,?,?,?,?::jsonb,?::jsonb"
                + " from user_key where user_id = ? for share on conflict do nothing");
        bind(insert, snapshot, serializer);
        insert.setLong(10, Long.parseLong(snapshot.getAggregateIdentifier()));
        return insert;
    }

    private static DomainEventMessage<?> asDomainEvent(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> domain
                ? domain
                : new GenericDomainEventMessage<>(null, event.getIdentifier(), 0L, event, event::getTimestamp);
    }

    private static void bind(PreparedStatement insert, DomainEventMessage<?> event, Serializer serializer)
            throws SQLException {
        SerializedObject<String> payload = event.serializePayload(serializer, String.class);
        SerializedObject<String> metaData = event.serializeMetaData(serializer, String.class);
        insert.setString(1, event.getIdentifier());
        insert.setString(2, event.getAggregateIdentifier());
        insert.setLong(3, event.getSequenceNumber());
        insert.setString(4, event.getType());
        insert.setString(5, DateTimeUtils.formatInstant(event.getTimestamp()));
        insert.setString(6, payload.getType().getName());
        insert.setString(7, payload.getType().getRevision());
        insert.setString(8, payload.getData());
        insert.setString(9, metaData.getData());
    }
}
