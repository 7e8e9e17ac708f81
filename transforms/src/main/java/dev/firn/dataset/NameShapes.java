package dev.firn.dataset;

import dev.firn.dataset.FileNaming.NameRule;
import dev.firn.dataset.NamePart.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What names {@link FileNaming} can make, whatever step they are for and whenever they are asked
 * for: its rules followed in every way in which they may turn out.
 */
final class NameShapes {
  /**
   * One way.
   *
   * @param known what words and names have become
   * @param era the starts of forecasts with which it is gone
   */
  private record Way(Map<String, List<NamePart>> known, TimeSpan era) {
    Way with(String name, List<NamePart> parts) {
      Map<String, List<NamePart>> more = new LinkedHashMap<>(known);
      more.put(name, parts);
      return new Way(more, era);
    }

    /** Whether a word or name may be one of {@code texts}, and if {@code surely} is. */
    boolean matches(String name, List<String> texts, boolean surely) {
      List<NamePart> parts = known.getOrDefault(name, List.of());
      boolean isText = parts.stream().allMatch(Text.class::isInstance);
      return isText ? known.containsKey(name) && texts.contains(text(parts)) : !surely;
    }

    private static String text(List<NamePart> parts) {
      return parts.stream().map(part -> ((Text) part).text()).collect(Collectors.joining());
    }

    boolean mayMeet(Condition condition) {
      return !era.and(condition.era()).isEmpty()
          && condition.words().entrySet().stream()
              .allMatch(word -> matches(word.getKey(), word.getValue(), false));
    }

    boolean meets(Condition condition) {
      return condition.asksForWordsOnly()
          && condition.words().entrySet().stream()
              .allMatch(word -> matches(word.getKey(), word.getValue(), true));
    }
  }

  private NameShapes() {}

  /** The shapes of the names for variables with some words. */
  static Set<NameShape> of(FileNaming naming, Map<String, String> words) {
    Map<String, List<NamePart>> known = new LinkedHashMap<>();
    words.forEach((word, text) -> known.put(word, List.of(new Text(text))));
    List<Way> ways = List.of(new Way(known, TimeSpan.ALWAYS));
    for (var name : naming.names().entrySet()) {
      List<Way> longer = new ArrayList<>();
      ways.forEach(way -> longer.addAll(followed(way, name.getKey(), name.getValue())));
      ways = longer.stream().distinct().toList();
    }
    return ways.stream()
        .filter(way -> FileNaming.isComplete(naming.template(), way.known()))
        .map(way -> new NameShape(NameParts.of(naming.template(), way.known()), way.era()))
        .collect(Collectors.toSet());
  }

  private static List<Way> followed(Way way, String name, List<NameRule> rules) {
    List<Way> longer = new ArrayList<>();
    for (NameRule rule : rules) {
      if (way.mayMeet(rule.when())) {
        Way narrower = new Way(way.known(), way.era().and(rule.when().era()));
        List<Way> named =
            rule.texts().stream()
                .filter(text -> FileNaming.isComplete(text, way.known()))
                .map(text -> narrower.with(name, NameParts.of(text, way.known())))
                .toList();
        longer.addAll(named.isEmpty() ? List.of(narrower) : named);
      }
      if (way.meets(rule.when())) {
        return longer;
      }
    }
    longer.add(way);
    return longer;
  }
}
