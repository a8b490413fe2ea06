package app.users.query.read;

import app.users.query.read.ExecutorListProperties.Field;
import app.users.query.read.FreshViews.Fresh;
import app.users.query.view.UserView;
import app.users.query.view.UserViews;
import app.users.query.view.Views;
import app.users.web.freshness.MinVersion;
import app.users.web.http.UsersHeaders;
import app.users.web.openapi.Answers;
import app.users.web.openapi.Refuses;
import app.users.web.problem.FieldError;
import app.users.web.problem.Reason;
import app.users.web.problem.Rejected;
import app.users.web.token.Caller;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET user/} and {@code GET user/executor/}. */
@RestController
@RequestMapping(path = "/users/user", produces = "application/json")
@Tag(name = "User")
class UserController {

    record Profile(
            @Schema(example = "1") long id,
            @Schema(example = "Petrova") String surname,
            @Schema(example = "Anna") String name,
            @Schema(example = "Ivanovna") String patronymic,
            @Schema(example = "1 Main Street") String address,
            @Schema(example = "anna@example.org") String email,
            @Schema(example = "+79161234567") String number,
            @JsonProperty("confirmed_email") boolean confirmedEmail,
            @JsonProperty("confirmed_number") boolean confirmedNumber,
            boolean executor,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("updated_at") Instant updatedAt) {

        static Profile of(UserView v) {
            var p = v.profile();
            return new Profile(
                    v.id(),
                    p.surname(),
                    p.name(),
                    p.patronymic(),
                    p.address(),
                    p.email(),
                    p.number(),
                    p.confirmedEmail(),
                    p.confirmedNumber(),
                    p.executor(),
                    v.createdAt(),
                    v.updatedAt());
        }
    }

    /** What is needed to pick a person; the rest only where the configuration names it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Executor(
            long id,
            String surname,
            String name,
            String patronymic,
            @Nullable String address,
            @Nullable String email,
            @Nullable String number,
            @JsonProperty("confirmed_email") boolean confirmedEmail,
            @JsonProperty("confirmed_number") boolean confirmedNumber) {}

    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1000;

    private final FreshViews fresh;
    private final Supplier<Views> views;
    private final ExecutorListProperties list;

    UserController(FreshViews fresh, Supplier<Views> views, ExecutorListProperties list) {
        this.fresh = fresh;
        this.views = views;
        this.list = list;
    }

    @GetMapping
    @Operation(
            operationId = "profile",
            summary = "Read the own profile",
            description = "Never older than what the caller wrote: it waits up to 2 seconds for that.")
    @Answers(
            value = "The profile.",
            headers = {"Users-Version", "ETag", "Warning"})
    @Refuses(status = 400, problems = "invalid-fields")
    ResponseEntity<Profile> profile(
            Caller caller,
            @RequestHeader(name = UsersHeaders.MIN_VERSION, required = false)
                    @Schema(implementation = Long.class, minimum = "0", defaultValue = "0")
                    @Nullable
                    String minVersion) {
        Fresh found = fresh.of(caller, MinVersion.of(minVersion));
        return found.answer().eTag("\"" + found.view().shown() + "\"").body(Profile.of(found.view()));
    }

    @GetMapping("/executor")
    @Operation(
            operationId = "executors",
            summary = "List who carries out orders",
            description =
                    "Ordered by id. `email`, `number` and `address` are there only where `users.executors.fields` names"
                            + " them. With `users.executors.require-confirmed-email`, the list has only users with a"
                            + " confirmed email, and answers only to them.")
    @Answers(
            value = "A page of users.",
            headers = {"Users-Version", "Link", "Warning"})
    @Refuses(status = 400, problems = "invalid-fields")
    @Refuses(status = 403, problems = "email-unconfirmed")
    ResponseEntity<List<Executor>> executors(
            Caller caller,
            @RequestHeader(name = UsersHeaders.MIN_VERSION, required = false)
                    @Schema(implementation = Long.class, minimum = "0", defaultValue = "0")
                    @Nullable
                    String minVersion,
            @RequestParam(name = "limit", required = false)
                    @Schema(implementation = Integer.class, minimum = "1", maximum = "1000", defaultValue = "100")
                    @Nullable
                    String limitText,
            @RequestParam(name = "after", required = false)
                    @Schema(
                            implementation = Long.class,
                            minimum = "0",
                            defaultValue = "0",
                            description = "Only users with a greater id.")
                    @Nullable
                    String afterText) {
        int limit = limitText == null ? DEFAULT_LIMIT : (int) number("limit", limitText, 1, MOST);
        long after = afterText == null ? 0 : number("after", afterText, 0, Long.MAX_VALUE);
        Fresh own = fresh.of(caller, MinVersion.of(minVersion));
        if (list.requireConfirmedEmail() && !own.view().confirmedEmail()) {
            throw Rejected.of(Reason.FORBIDDEN, "email-unconfirmed");
        }
        List<UserView> page = page(after, limit + 1);
        var answer = own.answer();
        if (page.size() > limit) {
            page = page.subList(0, limit);
            answer.header(
                    HttpHeaders.LINK,
                    "</users/user/executor/?limit=%d&after=%d>; rel=\"next\""
                            .formatted(limit, page.getLast().id()));
        }
        return answer.body(page.stream().map(this::executor).toList());
    }

    private List<UserView> page(long after, int limit) {
        UserViews users = views.get().users();
        return list.requireConfirmedEmail() ? users.confirmedExecutors(after, limit) : users.executors(after, limit);
    }

    /** Digits and nothing else: the stock conversion would read {@code +1}, {@code 0x1} and blanks. */
    private static long number(String parameter, String text, long least, long most) {
        if (!text.matches("-?[0-9]{1,100}")) {
            throw bad(new FieldError(parameter, "wrong-type"));
        }
        BigInteger value = new BigInteger(text);
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw bad(new FieldError(parameter, "out-of-range", least, most));
        }
        return value.longValue();
    }

    private static Rejected bad(FieldError error) {
        return Rejected.of(Reason.INVALID, "invalid-fields").errors(List.of(error));
    }

    private Executor executor(UserView v) {
        var p = v.profile();
        return new Executor(
                v.id(),
                p.surname(),
                p.name(),
                p.patronymic(),
                list.fields().contains(Field.ADDRESS) ? p.address() : null,
                list.fields().contains(Field.EMAIL) ? p.email() : null,
                list.fields().contains(Field.NUMBER) ? p.number() : null,
                p.confirmedEmail(),
                p.confirmedNumber());
    }
}
