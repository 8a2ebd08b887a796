package uk.reeve.register.alert;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import uk.reeve.register.jobs.Job;

@Configuration(proxyBeanMethods = false)
class AlertJobs {

    @Bean
    Job fanOutAlerts(FanOut fanOut) {
        return new Job("alerts-fan-out", Duration.ofSeconds(1), fanOut::catchUp);
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
