package uk.reeve.register.exposure;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import uk.reeve.register.advisory.AdvisoryArrived;
import uk.reeve.register.catalogue.SbomStored;
import uk.reeve.register.jobs.Job;

@Configuration(proxyBeanMethods = false)
class ExposureJobs {

    @Bean
    Job evaluate(Evaluation evaluation) {
        return new Job("components-evaluate", Duration.ofSeconds(10), evaluation::catchUp);
    }

    /// A new SBOM's components at once, so that its page can tell; should this fail, the job does it. On a
    /// thread of its own: the transaction that stored them still holds this one.
    @Component
    static final class AtOnce {

        private final Evaluation evaluation;

        AtOnce(Evaluation evaluation) {
            this.evaluation = evaluation;
        }

        @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
        void on(SbomStored stored) throws InterruptedException {
            Thread work = Thread.ofVirtual().name("evaluate").start(evaluation::catchUp);
            work.join(Duration.ofSeconds(20));
        }

        /// An advisory at once against the components that it names, without waiting for the index.
        @EventListener
        void on(AdvisoryArrived arrived) {
            evaluation.against(arrived.edition(), arrived.names());
        }
    }
}
