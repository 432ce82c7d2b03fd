// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.bpfseal.verifier", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule verifierNeedsOnlyTheJdk =
      classes()
          .that()
          .resideInAPackage("org.bpfseal.verifier..")
          .and()
          .resideOutsideOfPackages(
              "org.bpfseal.verifier.cli..",
              "org.bpfseal.verifier.crypto..",
              "org.bpfseal.verifier.image..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.bpfseal.verifier..", "org.jspecify..");

  @ArchTest
  static final ArchRule onlyCliKnowsPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("..cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule onlyCryptoKnowsBouncyCastle =
      noClasses()
          .that()
          .resideOutsideOfPackage("..crypto..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..");

  @ArchTest
  static final ArchRule onlyCryptoHashesAndVerifies =
      noClasses()
          .that()
          .resideOutsideOfPackage("..crypto..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.security.MessageDigest")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.security.Signature")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.security.Provider");

  @ArchTest
  static final ArchRule readersKnowNothingOfKeyrings =
      noClasses()
          .that()
          .resideInAnyPackage("..ber..", "..crypto..", "..x509..", "..pkcs7..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..keyring..");

  @ArchTest
  static final ArchRule onlyCliKnowsTheOutside =
      noClasses()
          .that()
          .resideOutsideOfPackage("..cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..")
          .orShould()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("org.bpfseal.verifier.(*)..").should().beFreeOfCycles();
}
