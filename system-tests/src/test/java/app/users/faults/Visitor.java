package app.users.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One client: lets its own people do things by chance until it is told to end. */
final class Visitor {

    private static final int FEWEST = 2;
    private static final int MOST = 8;

    private final Requests requests;
    private final Random random;
    private final Addresses addresses;
    private final MailServer mails;
    private final Pace pace;
    private final List<Member> living = new ArrayList<>();
    private final List<Member> everybody = new ArrayList<>();
    private volatile boolean ending;

    Visitor(Requests requests, Random random, int number, MailServer mails, Pace pace) {
        this.requests = requests;
        this.random = random;
        this.addresses = new Addresses(random, number);
        this.mails = mails;
        this.pace = pace;
    }

    /** Ends with the last command answered. */
    void visit() {
        while (!ending) {
            pace.await();
            act();
        }
    }

    private void act() {
        if (living.size() < FEWEST || living.size() < MOST && random.nextInt(30) == 0) {
            Member member = new Member(requests, random, addresses, mails);
            living.add(member);
            everybody.add(member);
            return;
        }
        Member member = living.get(random.nextInt(living.size()));
        int chance = random.nextInt(100);
        if (chance < 1) {
            member.leave();
        } else if (chance < 5) {
            member.signOutAndIn();
        } else if (chance < 13) {
            member.refresh();
        } else if (chance < 30) {
            member.read();
        } else if (chance < 50) {
            member.confirm();
        } else {
            member.change();
        }
        if (member.isErased()) {
            living.remove(member);
        }
    }

    void end() {
        ending = true;
    }

    /** To be asked for after the end. */
    List<Known> people() {
        return everybody.stream().map(Member::known).toList();
    }
}
