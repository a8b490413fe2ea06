package app.users.query.view;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.users.events.MailState;
import app.users.events.MailState.Kind;
import app.users.events.MailState.State;
import app.users.testservers.LoneMongo;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What only the primary has does not count as stored, also when the same is written again. */
class BulkFailureIT {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aWriteConcernErrorIsAFailure() {
        try (LoneMongo mongo = new LoneMongo();
                MongoClient client = MongoClients.create(mongo.uri())) {
            MongoDatabase database = client.getDatabase("lone");
            UserViews views = new UserViews(database);
            LastMails mails = new LastMails(database);
            List<UserView> view = List.of(UserView.unknown(7, THEN));
            List<MailState> mail = List.of(new MailState(7, 2, "event", Kind.EMAIL, State.QUEUED, THEN, null));
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> views.save(view)).isInstanceOf(MongoBulkWriteException.class);
                assertThatThrownBy(() -> mails.save(mail)).isInstanceOf(MongoBulkWriteException.class);
            }
        }
    }
}
