package dev.firn.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.dataset.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemorySizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "17, 17",
    "17b, 17",
    "1k, 1024",
    "512m, 536870912",
    "8G, 8589934592",
    "2gb, 2147483648",
    "1t, 1099511627776"
  })
  void sizesArePowersOf1024(String text, long bytes) {
    assertThat(MemorySize.parse(text), equalTo(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1536, 1.5 KiB",
    "8589934592, 8.0 GiB",
    "5497558138880, 5.0 TiB"
  })
  void sizesAreShownInTheLargestUnitThatFits(long bytes, String text) {
    assertThat(MemorySize.text(bytes), equalTo(text));
  }

  @Test
  void whatIsNoSizeIsRefused() {
    var refused = assertThrows(ConfigurationException.class, () -> MemorySize.parse("much"));

    assertThat(
        refused.getMessage(),
        equalTo("Invalid size 'much': expected a number with k, m, g or t, like 512m"));
  }
}
