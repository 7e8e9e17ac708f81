package dev.firn.dataset;

import dev.firn.dataset.FileNaming.NameRule;
import dev.firn.dataset.SourceSpec.ForecastChoice;
import dev.firn.dataset.SourceSpec.Inventory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads how a dataset's source files are named, what they are, and when rules about them hold. */
final class SourceParser {
  private SourceParser() {}

  static SourceSpec source(Definition source) {
    Map<String, List<NameRule>> names = new LinkedHashMap<>();
    if (source.has("names")) {
      Definition rules = source.child("names");
      rules.keys().forEach(name -> names.put(name, rules(rules, name)));
    }
    return source.complete(
        new SourceSpec(
            new FileNaming(source.text("files"), names),
            source
                .optional("format", key -> source.choice(key, SourceSpec.Format.class))
                .orElse(SourceSpec.Format.GRIB2),
            source.optional("inventory", key -> inventory(source.child(key))),
            forecasts(source),
            source
                .optional("regridding", key -> source.choice(key, SourceSpec.Regridding.class))
                .orElse(SourceSpec.Regridding.NONE)));
  }

  private static Inventory inventory(Definition inventory) {
    return inventory.complete(
        new Inventory(
            inventory.choice("kind", Inventory.Kind.class),
            inventory.optional("replaces", inventory::text).orElse(""),
            inventory.text("suffix")));
  }

  private static List<ForecastChoice> forecasts(Definition source) {
    List<ForecastChoice> choices = new ArrayList<>();
    if (source.has("forecasts")) {
      for (Definition each : source.sequence("forecasts")) {
        Duration every = each.duration("every");
        choices.add(
            each.complete(
                new ForecastChoice(
                    condition(each),
                    every,
                    each.optional("has_lead_0", each::flag).orElse(true),
                    each.optional("times_every", each::duration).orElse(Duration.ofSeconds(1)))));
      }
    }
    return choices;
  }

  private static List<NameRule> rules(Definition names, String name) {
    List<NameRule> rules = new ArrayList<>();
    for (Definition rule : names.rules(name)) {
      rules.add(rule.complete(new NameRule(condition(rule), rule.texts("is"))));
    }
    return rules;
  }

  /** The conditions among the keys of a rule. */
  static Condition condition(Definition rule) {
    return new Condition(
        rule.optional("from", rule::instant),
        rule.optional("until", rule::instant),
        rule.optional("leads", key -> leads(rule.child(key))),
        rule.optional("members", key -> members(rule.child(key))),
        rule.optional("newer_than", rule::duration),
        rule.optional("older_than", rule::duration),
        rule.optional("where", key -> words(rule.child(key))).orElse(Map.of()));
  }

  private static Condition.Range<Duration> leads(Definition range) {
    return range.complete(
        new Condition.Range<>(
            range.optional("from", range::duration), range.optional("to", range::duration)));
  }

  private static Condition.Range<Integer> members(Definition range) {
    return range.complete(
        new Condition.Range<>(
            range.optional("from", range::integer), range.optional("to", range::integer)));
  }

  private static Map<String, List<String>> words(Definition where) {
    Map<String, List<String>> words = new LinkedHashMap<>();
    where.keys().forEach(word -> words.put(word, where.texts(word)));
    return where.complete(words);
  }
}
