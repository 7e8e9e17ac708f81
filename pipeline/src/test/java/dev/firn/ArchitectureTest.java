package dev.firn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.beam.sdk.transforms.DoFn;

/** The rules of docs/architecture.md. */
@AnalyzeClasses(packages = "dev.firn", importOptions = ArchitectureTest.WithoutTests.class)
class ArchitectureTest {
  /** Leaves out test classes, also those that the other modules share as a jar. */
  static final class WithoutTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
  }

  private static final DescribedPredicate<JavaClass> PIPELINE =
      JavaClass.Predicates.resideInAnyPackage(
          "dev.firn.catalog..",
          "dev.firn.notify..",
          "dev.firn.cli..",
          "dev.firn.demo..",
          "dev.firn.flink..",
          "dev.firn.plot..");

  @ArchTest
  static final ArchRule beamIsKnownToTheTransformsAndTheCommandLineOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.firn.beam..", "dev.firn.cli..", "dev.firn.notify..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  @ArchTest
  static final ArchRule flinkIsKnownToItsPackageOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.firn.flink..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule librariesOfNetcdfAreKnownToItsPackageOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.firn.io.netcdf..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ucar..", "io.jhdf..");

  @ArchTest
  static final ArchRule formatsKnowNeitherDatasetsNorUpdates =
      noClasses()
          .that()
          .resideInAPackage("dev.firn.io..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.firn.dataset..",
              "dev.firn.fields..",
              "dev.firn.update..",
              "dev.firn.live..",
              "dev.firn.beam..");

  @ArchTest
  static final ArchRule gribAndZarrDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage("dev.firn.io.grib..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.firn.io.zarr..");

  @ArchTest
  static final ArchRule zarrAndGribDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage("dev.firn.io.zarr..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.firn.io.grib..");

  @ArchTest
  static final ArchRule nothingKnowsThePipelineModule =
      noClasses().that(DescribedPredicate.not(PIPELINE)).should().dependOnClassesThat(PIPELINE);

  @ArchTest
  static final ArchRule numericStepsArePure =
      noClasses()
          .that()
          .resideInAPackage("dev.firn.fields..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.firn.io..",
              "dev.firn.dataset..",
              "dev.firn.update..",
              "java.io..",
              "java.nio.file..");

  @ArchTest
  static final ArchRule datasetsDoNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage("dev.firn.dataset..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.firn.update..", "dev.firn.beam..", "java.nio.file..", "java.net..");

  @ArchTest
  static final ArchRule cloudLibrariesStayBehindTheStores =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.firn.io.object.s3..", "dev.firn.io.object.gcs..", "dev.firn.notify..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "com.google.cloud..");

  @ArchTest
  static final ArchRule storesAreOpenedByTheirUrls =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.firn.io.object..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.firn.io.object.s3..");

  @ArchTest
  static final ArchRule compressionLibrariesStayBehindTheCodecs =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.firn.io.zarr.codec..", "dev.firn.io.icechunk..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.github.luben..", "com.scalableminds..");

  @ArchTest
  static final ArchRule doFnsLeaveBytesToOthers =
      noClasses()
          .that()
          .areAssignableTo(DoFn.class)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio..", "dev.firn.io.zarr.codec..");

  @ArchTest
  static final ArchRule doFnsAreNamedAsSuch =
      classes().that().areAssignableTo(DoFn.class).should().haveSimpleNameEndingWith("Fn");
}
