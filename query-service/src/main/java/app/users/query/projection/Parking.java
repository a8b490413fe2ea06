package app.users.query.projection;

import app.users.query.view.UserView;

/** A parked user keeps their last good view; later events wait until the cause is repaired and the views rebuilt. */
final class Parking {

    private Parking() {}

    static UserView park(UserView v, String why) {
        return new UserView(
                v.id(),
                v.version(),
                v.shown(),
                v.surname(),
                v.name(),
                v.patronymic(),
                v.address(),
                v.email(),
                v.number(),
                v.confirmedEmail(),
                v.confirmedNumber(),
                v.executor(),
                v.createdAt(),
                v.updatedAt(),
                v.epoch(),
                v.keeps(),
                v.ended(),
                v.emailRequest(),
                v.numberRequest(),
                v.erased(),
                why);
    }
}
