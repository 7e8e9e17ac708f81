package dev.firn.update;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.dataset.ConfigurationException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobNameTest {
  private static final PinnedStore STORE =
      new PinnedStore(StoreRole.PRIMARY, "file:///s", Optional.of("v1"), 1);
  private final TinyModel model = new TinyModel(Path.of("unused"));

  private String derived(long end, PinnedStore store) {
    return JobName.derive(
        model.update(TinyModel.id(Path.of("/s"), ""), end), model.template(), Optional.of(store));
  }

  @Test
  void sameWorkHasTheSameName() {
    assertThat(derived(2, STORE), equalTo(derived(2, STORE)));
    assertThat(derived(2, STORE), startsWith("tiny-update-20260101t12-"));
    assertThat(JobName.check(derived(2, STORE)), equalTo(derived(2, STORE)));
  }

  @Test
  void otherWorkHasAnotherName() {
    PinnedStore changed = new PinnedStore(StoreRole.PRIMARY, "file:///s", Optional.of("v2"), 1);

    assertThat(derived(3, STORE), not(equalTo(derived(2, STORE))));
    assertThat(derived(2, changed), not(equalTo(derived(2, STORE))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "double--hyphen", "-lead", "trail-", "under_score", "../up"})
  void invalidNameIsRefusedNotRewritten(String name) {
    assertThrows(ConfigurationException.class, () -> JobName.check(name));
  }
}
