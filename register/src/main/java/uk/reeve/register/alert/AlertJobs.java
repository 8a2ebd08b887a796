package uk.reeve.register.alert;

import java.time.Duration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import uk.reeve.register.advisory.AdvisoryArrived;
import uk.reeve.register.jobs.Job;
import uk.reeve.register.jobs.Wake;

@Configuration(proxyBeanMethods = false)
class AlertJobs {

    private static final String FAN_OUT = "alerts-fan-out";

    @Bean
    Job fanOutAlerts(FanOut fanOut) {
        return new Job(FAN_OUT, Duration.ofSeconds(1), fanOut::catchUp);
    }

    /// An advisory is told at once.
    @Component
    static final class AtOnce {

        private final ApplicationEventPublisher events;

        AtOnce(ApplicationEventPublisher events) {
            this.events = events;
        }

        @EventListener
        void on(AdvisoryArrived arrived) {
            events.publishEvent(new Wake(FAN_OUT));
        }
    }

    @Bean
    Job alertsDue(FanOut fanOut) {
        return new Job("alerts-due", Duration.ofMinutes(15), fanOut::whatFallsDue);
    }

    @Bean
    Job sumUp(Notices notices) {
        return new Job("alerts-sum-up", Duration.ofMinutes(1), notices::catchUp);
    }

    @Bean
    Job supportEnds(Notices notices) {
        return new Job("alerts-support-ends", Duration.ofHours(24), notices::supportEnds);
    }

    @Bean
    Job forgetStops(Preferences preferences) {
        return new Job("alerts-forget-stops", Duration.ofHours(24), preferences::forgetStops);
    }

    @Bean
    Job forgetCauses(FanOut fanOut) {
        return new Job("alerts-forget-causes", Duration.ofHours(24), fanOut::forget);
    }

    @Bean
    Job deliverToWebhooks(WebhookDelivery delivery) {
        return new Job("webhooks-deliver", Duration.ofSeconds(1), delivery::catchUp);
    }

    @Bean
    Job deliverAlerts(AlertDelivery delivery) {
        return new Job("alerts-deliver", Duration.ofSeconds(1), delivery::catchUp);
    }
}
