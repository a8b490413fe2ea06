package app.users.command.profile;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param requireCurrent whether a new password, email or number needs today's password as {@code current_password} */
@ConfigurationProperties("users.password")
record PasswordProperties(@DefaultValue("false") boolean requireCurrent) {}
