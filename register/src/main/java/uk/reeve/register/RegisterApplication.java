package uk.reeve.register;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.modulith.Modulith;

/// The register's web application: `reeve serve` and `reeve demo`.
@SpringBootApplication
@Modulith(systemName = "Reeve register")
public class RegisterApplication {

    public static void main(String[] words) {
        int status = Launch.run(words);
        if (status >= 0) { // else the web server's threads keep this process
            System.exit(status);
        }
    }
}
