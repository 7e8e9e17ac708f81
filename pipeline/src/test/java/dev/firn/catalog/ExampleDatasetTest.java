package dev.firn.catalog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExampleDatasetTest {
  private static final Path PARSERS = Path.of("../transforms/src/main/java/dev/firn/dataset");
  private static final Pattern KEY =
      Pattern.compile(
          "(?:optional|has|text|texts|number|integer|integers|flag|child|children|choice|duration"
              + "|instant|attributes|sequence|rules|surface|bits|sizes)\\(\\s*(?:\\w+,\\s*)?\"(\\w+)\"");

  /** The keys that are asked for where definitions are read. */
  private static Set<String> keys() throws IOException {
    Set<String> keys = new TreeSet<>();
    try (Stream<Path> files = Files.list(PARSERS)) {
      for (Path file : files.filter(path -> path.toString().endsWith("Parser.java")).toList()) {
        Matcher found = KEY.matcher(Files.readString(file));
        while (found.find()) {
          keys.add(found.group(1));
        }
      }
    }
    return keys;
  }

  @Test
  void exampleShowsEveryKey() throws IOException {
    String example =
        Files.readString(CatalogFolder.golden("example").resolveSibling("dataset.yaml"));
    Set<String> missing = keys();
    assertThat(missing.size(), greaterThan(60));

    missing.removeIf(key -> Pattern.compile("\\b" + key + ":").matcher(example).find());

    assertThat(missing, empty());
  }
}
