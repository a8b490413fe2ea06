import java.io.IOException;

/** What visitors do again and again: something once to begin with, something before each call, and the call that is timed. */
enum Scenario {
    REGISTER(16, visitor -> {}, visitor -> {}, Visitor::register),
    SIGN_IN(16, Visitor::choosePerson, visitor -> {}, Visitor::signIn),
    REFRESH(16, Scenario::choosePersonAndSignIn, visitor -> {}, Visitor::refresh),
    READ_PROFILE(32, Scenario::choosePersonAndSignIn, visitor -> {}, Visitor::readProfile),
    READ_EXECUTORS(32, Scenario::choosePersonAndSignIn, visitor -> {}, Visitor::readExecutors),
    CHANGE_PROFILE(16, Scenario::choosePersonAndSignIn, visitor -> {}, Visitor::changeProfile),
    LEAVE(16, visitor -> {}, Scenario::choosePersonAndSignIn, Visitor::leave);

    interface Step {
        void run(Visitor visitor) throws IOException;
    }

    final int visitors;
    final Step once;
    final Step before;
    final Step timed;

    Scenario(int visitors, Step once, Step before, Step timed) {
        this.visitors = visitors;
        this.once = once;
        this.before = before;
        this.timed = timed;
    }

    private static void choosePersonAndSignIn(Visitor visitor) throws IOException {
        visitor.choosePerson();
        visitor.signIn();
    }
}
