package io.vae4j.spark;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** This module's packages: each feature by itself, on what they share. */
class SparkArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.vae4j.spark");

    @Test
    void featuresDoNotKnowOneAnother() {
        slices().matching("io.vae4j.spark.(*)..")
                .should()
                .notDependOnEachOther()
                .check(OURS);
    }

    @Test
    void whatTheyShareKnowsNoFeature() {
        noClasses()
                .that()
                .resideInAPackage("io.vae4j.spark")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vae4j.spark.*..")
                .check(OURS);
    }

    @Test
    void concreteClassesAreFinal() {
        classes()
                .that(describe(
                        "can be extended by accident",
                        type -> !type.isInterface()
                                && !type.getModifiers().contains(ABSTRACT)
                                && !type.isEnum()
                                && !type.isAnonymousClass()
                                && !type.isRecord()))
                .should()
                .haveModifier(FINAL)
                .check(OURS);
    }
}
