package uk.reeve.register;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.modulith.Modulith;

/// The register's web application.
@SpringBootApplication
@Modulith(systemName = "Reeve register")
public class RegisterApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(RegisterApplication.class, arguments);
    }
}
