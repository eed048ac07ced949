package io.vae4j.experiments;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.PRIVATE;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.nn.Activation;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The layers, and the ban on DJL's scalar arithmetic, over all modules on the class path. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.vae4j");

    /** Their scalar lives in a Java buffer that autograd still reads after it was collected. */
    private static final Set<String> UNSAFE_WITH_NUMBER =
            Set.of("mul", "muli", "div", "divi", "pow", "powi", "mod", "modi", "maximum", "minimum");

    @Test
    void allModulesAreLookedAt() {
        assertThat(OURS.contain("io.vae4j.core.Ops")).isTrue();
        assertThat(OURS.contain("io.vae4j.models.Vae")).isTrue();
        assertThat(OURS.contain(Main.class)).isTrue();
    }

    @Test
    void dependenciesPointDownwards() {
        ArchRule rule = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("torch")
                .definedBy("io.vae4j.core.torch")
                .layer("core")
                .definedBy("io.vae4j.core")
                .layer("distribution")
                .definedBy("io.vae4j.core.distribution")
                .layer("model")
                .definedBy("io.vae4j.core.model")
                .layer("objective")
                .definedBy(
                        "io.vae4j.core.objective",
                        "io.vae4j.core.estimator",
                        "io.vae4j.core.training",
                        "io.vae4j.core.constrained")
                .layer("models")
                .definedBy("io.vae4j.models..")
                .layer("experiments")
                .definedBy("io.vae4j.experiments..")
                .whereLayer("experiments")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("models")
                .mayOnlyBeAccessedByLayers("experiments")
                .whereLayer("objective")
                .mayOnlyBeAccessedByLayers("models", "experiments")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers("objective", "models", "experiments")
                .whereLayer("distribution")
                .mayOnlyBeAccessedByLayers("model", "objective", "models", "experiments");

        rule.check(OURS);
    }

    @Test
    void packagesOfTheExperimentsFormNoCycle() {
        slices().matching("io.vae4j.experiments.(*)..")
                .should()
                .beFreeOfCycles()
                .check(OURS);
    }

    @Test
    void distributionsKnowNoBlocks() {
        noClasses()
                .that()
                .resideInAPackage("io.vae4j.core.distribution")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("ai.djl.nn.Block")
                .check(OURS);
    }

    @Test
    void onlyOpsDoesScalarArithmetic() {
        noClasses()
                .that(describe("are not Ops", type -> !simpleName("Ops").test(type)))
                .should()
                .callMethodWhere(
                        describe("DJL multiplies, divides or compares by a Java number", ArchitectureTest::isUnsafe))
                .check(OURS);
    }

    @Test
    void devicesAreDecidedInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.vae4j.experiments.device")
                .should()
                .callMethodWhere(describe(
                        "asks the engine for a device",
                        call -> call.getTargetOwner().isAssignableTo(ai.djl.Device.class)
                                && call.getName().equals("gpu")))
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

    /** It would run before the subclass's fields are set; javac's lint, new in JDK 21, looks at one file at a time. */
    @Test
    void constructorsCallNothingThatSubclassesOverride() {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "starts in a constructor and may end in a subclass",
                        call -> call.getOrigin().isConstructor() && isOverridable(call)))
                .check(OURS);
    }

    private static boolean isOverridable(JavaMethodCall call) {
        return !call.getOriginOwner().getModifiers().contains(FINAL)
                && call.getOriginOwner().isAssignableTo(call.getTargetOwner().getName())
                && call.getTarget()
                        .resolveMember()
                        .filter(method -> Collections.disjoint(method.getModifiers(), Set.of(FINAL, PRIVATE, STATIC)))
                        .isPresent();
    }

    private static boolean isUnsafe(JavaMethodCall call) {
        return isHelper(call) || isScalarArithmetic(call);
    }

    /** DJL's own code that multiplies by a Java number inside. */
    private static boolean isHelper(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(Activation.class)
                && Set.of("relu6", "swish", "mish").contains(call.getName());
    }

    private static boolean isScalarArithmetic(JavaMethodCall call) {
        boolean onArrays = call.getTargetOwner().isAssignableTo(NDArray.class)
                || call.getTargetOwner().isEquivalentTo(NDArrays.class);
        return onArrays
                && UNSAFE_WITH_NUMBER.contains(call.getName())
                && call.getTarget().getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Number.class));
    }
}
