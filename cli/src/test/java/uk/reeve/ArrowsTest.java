package uk.reeve;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Arrows point one way: command line to scanner to engine, and inside the engine to the readers of input.
class ArrowsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("uk.reeve");

    @Test
    void the_engine_knows_neither_scanner_nor_command_line() {
        noClasses()
                .that()
                .resideInAPackage("uk.reeve.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("uk.reeve.scanner..", "uk.reeve.cli..")
                .check(CLASSES);
    }

    @Test
    void the_scanner_does_not_know_the_command_line() {
        noClasses()
                .that()
                .resideInAPackage("uk.reeve.scanner..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("uk.reeve.cli..")
                .check(CLASSES);
    }

    @Test
    void readers_of_input_and_versions_stand_on_nothing_of_ours() {
        for (String ground : new String[] {"input", "version", "purl"}) {
            noClasses()
                    .that()
                    .resideInAPackage("uk.reeve.engine." + ground)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "uk.reeve.engine.sbom..",
                            "uk.reeve.engine.vex..",
                            "uk.reeve.engine.index..",
                            "uk.reeve.engine.match..",
                            "uk.reeve.engine.advisory..")
                    .check(CLASSES);
        }
    }
}
