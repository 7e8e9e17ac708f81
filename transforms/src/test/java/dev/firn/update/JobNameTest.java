package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.dataset.ConfigurationException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobNameTest {
  private final TinyModel model = new TinyModel(Path.of("unused"));

  private String derived(long end) {
    return JobName.derive(model.update(TinyModel.id(Path.of("/s"), ""), end), model.template());
  }

  @Test
  void sameWorkHasTheSameName() {
    assertThat(derived(2), equalTo(derived(2)));
    assertThat(derived(2), startsWith("tiny-update-20260101t12-"));
    assertThat(JobName.check(derived(2)), equalTo(derived(2)));
  }

  @Test
  void otherWorkHasAnotherName() {
    assertThat(derived(3), not(equalTo(derived(2))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "double--hyphen", "-lead", "trail-", "under_score", "../up"})
  void invalidNameIsRefusedNotRewritten(String name) {
    assertThrows(ConfigurationException.class, () -> JobName.check(name));
  }
}
