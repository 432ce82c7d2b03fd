// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.PrivateKey;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

@AnalyzeClasses(packages = "org.bpfseal.signer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyCliKnowsPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("..cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule onlyKeyTouchesPrivateKeys =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.bpfseal.signer.key..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(PrivateKey.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(AsymmetricKeyParameter.class);

  @ArchTest
  static final ArchRule onlyKeyAndCmsKnowBouncyCastle =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.bpfseal.signer.key..", "org.bpfseal.signer.cms..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..");

  @ArchTest
  static final ArchRule noProviderIsRegistered =
      noClasses()
          .should()
          .callMethod(java.security.Security.class, "addProvider", java.security.Provider.class);

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("org.bpfseal.signer.(**)").should().beFreeOfCycles();
}
