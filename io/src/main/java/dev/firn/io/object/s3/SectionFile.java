package dev.firn.io.object.s3;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of settings for single stores: {@code [s3://bucket/prefix]} begins the section of a
 * store, lines {@code NAME = value} follow, with the names of {@link NamedSettings}; empty lines
 * and those that begin with {@code #} do not count. Errors name lines, never values.
 */
final class SectionFile {
  private SectionFile() {}

  /**
   * A section.
   *
   * @param title the URL in brackets
   * @param values by names
   */
  record Section(String title, Map<String, String> values) {
    @Override
    public String toString() {
      return "[" + title + "] with " + values.keySet();
    }
  }

  static List<Section> parse(String text, String file) {
    List<Section> sections = new ArrayList<>();
    String[] lines = text.split("\\R");
    for (int number = 1; number <= lines.length; number++) {
      String line = lines[number - 1].strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        sections.add(new Section(line.substring(1, line.length() - 1).strip(), new HashMap<>()));
        continue;
      }
      int equals = line.indexOf('=');
      String name = equals < 0 ? "" : line.substring(0, equals).strip();
      if (sections.isEmpty() || !NamedSettings.NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "Invalid line "
                + number
                + " of "
                + file
                + ": expected [s3://BUCKET/PREFIX], and below it NAME = VALUE with a name that"
                + " a store's settings have");
      }
      String value = line.substring(equals + 1).strip();
      sections.get(sections.size() - 1).values().put(name, value);
    }
    return sections;
  }
}
