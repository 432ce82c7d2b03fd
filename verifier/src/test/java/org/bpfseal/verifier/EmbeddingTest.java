// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Field;
import java.security.Provider;
import java.security.Security;
import java.util.Collection;
import java.util.Map;
import java.util.Random;
import org.bpfseal.verifier.cli.Launcher;

/** The verifier can live in somebody else's process. */
@AnalyzeClasses(packages = "org.bpfseal.verifier", importOptions = DoNotIncludeTests.class)
class EmbeddingTest {
  /** What is the command's alone: whoever embeds the verifier has no use for it. */
  private static final String COMMAND = "org.bpfseal.verifier.cli";

  @ArchTest
  static final ArchRule onlyTheCommandEndsTheProcess =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Launcher.class)
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule nobodyRegistersProviders =
      noClasses()
          .should()
          .callMethod(Security.class, "addProvider", Provider.class)
          .orShould()
          .callMethod(Security.class, "insertProviderAt", Provider.class, int.class)
          .orShould()
          .callMethod(Security.class, "setProperty", String.class, String.class);

  @ArchTest
  static final ArchRule onlyTheCommandSetsProperties =
      noClasses()
          .that()
          .resideOutsideOfPackage(COMMAND)
          .should()
          .callMethod(System.class, "setProperty", String.class, String.class);

  @ArchTest
  static final ArchRule noStaticFieldChanges = fields().that().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule noStaticValueChanges =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackage(COMMAND)
          .should(holdWhatNobodyCanChange());

  private static ArchCondition<JavaField> holdWhatNobodyCanChange() {
    return new ArchCondition<>("hold what nobody can change") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        boolean constants = field.getModifiers().toString().contains("SYNTHETIC");
        events.add(
            new SimpleConditionEvent(
                field, constants || isUnchangeable(value(field)), field.getFullName()));
      }
    };
  }

  private static Object value(JavaField field) {
    try {
      Field reflected = field.reflect();
      reflected.setAccessible(true);
      return reflected.get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(field.getFullName(), e);
    }
  }

  private static boolean isUnchangeable(Object value) {
    String type = value.getClass().getName();
    if (value instanceof Collection || value instanceof Map) {
      return type.startsWith("java.util.ImmutableCollections")
          || type.startsWith("java.util.Collections$");
    }
    return !value.getClass().isArray()
        && !type.startsWith("java.util.concurrent")
        && !(value instanceof ThreadLocal)
        && !(value instanceof Random)
        && !(value instanceof CharSequence && !(value instanceof String));
  }
}
