package uk.reeve.register.advisory;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import uk.reeve.register.jobs.Job;

@Configuration(proxyBeanMethods = false)
class AdvisoryJobs {

    @Bean
    Job foldAdvisoriesIn(Advisories advisories) {
        return new Job("advisories-fold-in", Duration.ofSeconds(30), advisories::foldIn);
    }

    @Bean
    Job tellOfAdvisories(Advisories advisories) {
        return new Job("advisories-tell", Duration.ofSeconds(30), advisories::tellOfTheRest);
    }

    @Bean
    Job fetchOwnFeeds(OwnFeeds feeds) {
        return new Job("own-feeds-fetch", Duration.ofHours(1), feeds::whenDue);
    }

    @Bean
    Job fetchAdvisories(Fetching fetching) {
        return new Job("advisories-fetch", Duration.ofHours(1), fetching::whenDue);
    }
}
