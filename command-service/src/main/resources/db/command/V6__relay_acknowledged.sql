-- What Kafka has acknowledged to the relay. A topic that is another one or ends earlier has lost something.
create table relay_acknowledged (
    partition   integer primary key,
    topic_id    varchar(32) not null,
    next_offset bigint      not null
);
