package uk.reeve.register.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// Runs every [Job] on the jobs' own connections; started last, stopped first.
@Component
class Scheduling implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduling.class);

    private final Scheduler scheduler;
    private final boolean on;

    Scheduling(@Qualifier("jobsPool") DataSource source, List<Job> jobs, @Value("${reeve.jobs:true}") boolean on) {
        this.on = on;
        this.scheduler = Scheduler.create(source)
                .startTasks(jobs.stream().map(Scheduling::task).toList())
                .threads(Math.max(1, jobs.size())) // each has its own: a long one keeps none waiting
                .pollingInterval(Duration.ofMillis(500))
                .heartbeatInterval(Duration.ofSeconds(10))
                .shutdownMaxWait(Duration.ofSeconds(5))
                .build();
    }

    private static RecurringTask<Void> task(Job job) {
        return Tasks.recurring(job.name(), FixedDelay.of(job.every())).execute((_, _) -> run(job));
    }

    private static void run(Job job) {
        Asking.as(new Asker.Job(), () -> {
            try {
                job.work().run();
            } catch (RuntimeException e) {
                LOG.error("job {} failed; it is tried again", job.name(), e);
            }
            return job;
        });
    }

    @Override
    public void start() {
        if (on) { // else another node does the work, or a test calls it
            scheduler.start();
        }
    }

    @Override
    public void stop() {
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return scheduler.getSchedulerState().isStarted()
                && !scheduler.getSchedulerState().isShuttingDown();
    }
}
