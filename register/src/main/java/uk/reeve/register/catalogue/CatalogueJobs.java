package uk.reeve.register.catalogue;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import uk.reeve.register.jobs.Job;

@Configuration(proxyBeanMethods = false)
class CatalogueJobs {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogueJobs.class);

    /// After the start, so that nobody waits for it; the demonstration has products of its own only.
    @Bean
    Job refreshStarterCatalogue(StarterCatalogue starter, @Value("${reeve.demo:false}") boolean demo) {
        return new Job("starter-catalogue", Duration.ofHours(1), () -> {
            long start = System.nanoTime();
            int products = demo ? 0 : starter.refresh();
            if (products > 0) {
                LOG.info(
                        "{} products of endoflife.date are in the catalogue, in {} ms",
                        products,
                        (System.nanoTime() - start) / 1_000_000);
            }
        });
    }
}
