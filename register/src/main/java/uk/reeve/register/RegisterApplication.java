package uk.reeve.register;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.modulith.Modulith;

/// The register's web application: `reeve serve` and `reeve demo`.
@SpringBootApplication
@Modulith(systemName = "Reeve register")
public class RegisterApplication {

    // Virtual threads are not taken off a carrier while they compute: with one carrier a processor, who hashes a
    // password or reads an SBOM would hold everybody. Of several, the operating system gives each its slices.
    private static final int CARRIERS_A_PROCESSOR = 8;

    public static void main(String[] words) {
        System.setProperty(
                "jdk.virtualThreadScheduler.parallelism",
                "" + CARRIERS_A_PROCESSOR * Runtime.getRuntime().availableProcessors());
        int status = Launch.run(words);
        if (status >= 0) { // else the web server's threads keep this process
            System.exit(status);
        }
    }
}
