package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A view that went wrong, by whatever hand, is found and mended without anybody asking. */
@ExtendWith(Systems.Shared.class)
class WrongViewIT {

    private final StandaloneSystem system;

    WrongViewIT(Systems systems) {
        system = systems.get(Setup.STRICT);
    }

    @Test
    void isMendedByTheEventsThatComeOnceMore() {
        Person person = Person.next();
        system.client().register(person).expect(201);
        Client user = system.client().signIn(person);
        user.patch("user/", "{\"surname\":\"Right\"}").expect(200);
        try (MongoClient mongo = MongoClients.create(system.mongoUri())) {
            var views = mongo.getDatabase("users_query").getCollection("users");
            Patience.await("the view")
                    .until(() -> views.updateOne(
                                            Filters.and(Filters.eq("_id", user.id()), Filters.eq("surname", "Right")),
                                            Updates.set("surname", "Wrong"))
                                    .getModifiedCount()
                            == 1);
        }
        Patience.await("the mended view")
                .untilAsserted(() -> assertThat(user.get("user/").expect(200).text("surname"))
                        .isEqualTo("Right"));
    }
}
