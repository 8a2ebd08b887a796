package uk.reeve.register.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// Runs every [Job] on the jobs' own connections; started last, stopped first.
@Component
class Scheduling implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduling.class);

    private static final Duration LOOK = Duration.ofSeconds(30);

    private final Scheduler scheduler;
    private final List<Job> jobs;
    private final boolean on;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("jobs-watch").daemon().factory());

    Scheduling(@Qualifier("jobsPool") DataSource source, List<Job> jobs, @Value("${reeve.jobs:true}") boolean on) {
        this.on = on;
        this.jobs = jobs;
        this.scheduler = Scheduler.create(source)
                .startTasks(jobs.stream().map(Scheduling::task).toList())
                .threads(Math.max(1, jobs.size())) // each has its own: a long one keeps none waiting
                .enableImmediateExecution()
                .pollingInterval(Duration.ofMillis(500))
                .heartbeatInterval(
                        Duration.ofSeconds(5)) // what a node that died had in hand, another takes up after 20 s
                .missedHeartbeatsLimit(4)
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
            watch.scheduleWithFixedDelay(this::whatWaitsTooLong, LOOK.toSeconds(), LOOK.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @EventListener
    void on(Wake wake) {
        if (!isRunning()) {
            return;
        }
        TaskInstanceId job = TaskInstanceId.of(wake.job(), RecurringTask.INSTANCE);
        try {
            scheduler
                    .getScheduledExecution(job)
                    .filter(execution -> !execution.isPicked())
                    .ifPresent(_ -> scheduler.reschedule(job, Instant.now()));
        } catch (
                RuntimeException
                        e) { // began meanwhile, mostly; it looks by itself when its time comes, and who sent this is
            // not to know
            LOG.debug("job {} could not be woken; it looks by itself when its time comes", wake.job(), e);
        }
    }

    /// A job waits for a time by the clock. Where that was set back, it would wait for the clock to come there again.
    private void whatWaitsTooLong() {
        try {
            Instant now = Instant.now();
            Map<String, Duration> every = jobs.stream().collect(Collectors.toMap(Job::name, Job::every));
            scheduler.fetchScheduledExecutions(execution -> {
                Duration pause = every.get(execution.getTaskInstance().getTaskName());
                if (pause != null
                        && !execution.isPicked()
                        && execution.getExecutionTime().isAfter(now.plus(pause).plus(LOOK))) {
                    LOG.warn(
                            "job {} would have waited until {}; the clock was set back, and it is done now",
                            execution.getTaskInstance().getTaskName(),
                            execution.getExecutionTime());
                    scheduler.reschedule(execution.getTaskInstance(), now);
                }
            });
        } catch (RuntimeException e) {
            LOG.error("what waits too long could not be looked for; it is tried again", e);
        }
    }

    @Override
    public void stop() {
        watch.shutdownNow();
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return scheduler.getSchedulerState().isStarted()
                && !scheduler.getSchedulerState().isShuttingDown();
    }
}
