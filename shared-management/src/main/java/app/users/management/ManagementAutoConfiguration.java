package app.users.management;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Reads the settings in the application's own context, where wrong and weak ones end the start. */
@AutoConfiguration
@EnableConfigurationProperties(ManagementProperties.class)
class ManagementAutoConfiguration {}
