package app.users.command.store;

import app.users.settings.InstallationProperties;
import app.users.settings.InvalidSetting;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Checks at the start that the service's role can append and read events and nothing else: a superuser or the owner of
 * the table could switch its trigger off. In production the service refuses to start with more rights.
 */
final class EventTableRights {

    private static final Logger LOG = LoggerFactory.getLogger(EventTableRights.class);

    private static final String EXCESSIVE = """
            select what from pg_class, lateral (values
                (1, 'is a superuser', current_setting('is_superuser') = 'on'),
                (2, 'owns the table of events', pg_has_role(relowner, 'member')),
                (3, 'may change events', has_any_column_privilege(oid, 'update')),
                (4, 'may delete events', has_table_privilege(oid, 'delete, truncate')),
                (5, 'may add triggers to the table of events', has_table_privilege(oid, 'trigger'))
            ) as found (place, what, holds)
            where oid = 'domain_event_entry'::regclass and holds order by place""";

    private final JdbcTemplate jdbc;
    private final InstallationProperties installation;

    EventTableRights(JdbcTemplate jdbc, InstallationProperties installation) {
        this.jdbc = jdbc;
        this.installation = installation;
    }

    void check() {
        List<String> excessive = jdbc.queryForList(EXCESSIVE, String.class);
        if (excessive.isEmpty()) {
            return;
        }
        InvalidSetting tooMuch = new InvalidSetting(
                "spring.datasource.username",
                "is \"%s\", which %s; connect as a role that can only read and append events, such as users_command of containers/postgres/roles.sh, and set spring.flyway.user to the role that owns the tables"
                        .formatted(jdbc.queryForObject("select current_user", String.class), excessive.getFirst()));
        if (installation.isProduction()) {
            throw tooMuch;
        }
        LOG.warn("{}; users.mode=production refuses it", tooMuch.getMessage());
    }
}
