package app.users.command.profile;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param requireCurrent whether a new password needs today's as {@code current_password} */
@ConfigurationProperties("users.password")
record PasswordProperties(@DefaultValue("false") boolean requireCurrent) {}
