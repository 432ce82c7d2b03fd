// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.PrivateKey;

@AnalyzeClasses(packages = "org.bpfseal.preload", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule nothingOfTheSigner =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bpfseal.signer..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(PrivateKey.class);

  @ArchTest
  static final ArchRule onlyCliKnowsPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("..cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("org.bpfseal.preload.(**)").should().beFreeOfCycles();
}
