package uk.reeve.register.exposure;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import uk.reeve.register.advisory.AdvisoryArrived;
import uk.reeve.register.catalogue.SbomStored;
import uk.reeve.register.jobs.Job;

@Configuration(proxyBeanMethods = false)
class ExposureJobs {

    @Bean
    Job evaluate(Evaluation evaluation) {
        return new Job("components-evaluate", Duration.ofSeconds(10), evaluation::catchUp);
    }

    @Bean
    Job countSector(SectorCounts counts) {
        return new Job("sector-count", Duration.ofSeconds(5), counts::whatWasTold);
    }

    @Bean
    Job countWholeSector(SectorCounts counts) {
        return new Job("sector-count-whole", Duration.ofSeconds(10), counts::catchUp);
    }

    /// A new SBOM's components at once, so that its page can tell; should this fail or take long, the job does it.
    @Component
    static final class AtOnce {

        private static final Duration LONGEST = Duration.ofSeconds(20);

        private final Semaphore hands = new Semaphore(4);
        private final Evaluation evaluation;

        AtOnce(Evaluation evaluation) {
            this.evaluation = evaluation;
        }

        @EventListener
        void on(SbomStored stored) throws InterruptedException {
            if (!hands.tryAcquire(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
            Thread.ofVirtual()
                    .name("evaluate")
                    .start(() -> {
                        try {
                            evaluation.fresh(stored.document());
                        } finally {
                            hands.release(); // which may be long after the request was answered
                        }
                    })
                    .join(LONGEST);
        }

        /// An advisory at once against the components that it names, without waiting for the index.
        @EventListener
        @Order(Ordered.HIGHEST_PRECEDENCE) // others tell what comes of it
        void on(AdvisoryArrived arrived) {
            evaluation.against(arrived.edition(), arrived.names());
        }
    }
}
