package app.users.management;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** The threads of scheduled tasks: more than a process has tasks, so that a task that takes long delays no other. */
@AutoConfiguration(before = TaskSchedulingAutoConfiguration.class)
class ScheduledTasksAutoConfiguration {

    private static final int THREADS = 24;

    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(THREADS);
        scheduler.setThreadNamePrefix("task-");
        scheduler.setDaemon(true);
        return scheduler;
    }
}
