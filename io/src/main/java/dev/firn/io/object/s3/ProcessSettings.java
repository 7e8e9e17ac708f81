package dev.firn.io.object.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What this process was told of S3: for all stores by variables, for some by sections of a file or
 * by variables with a prefix. A store that is told of by itself gets nothing from what is for all,
 * but for credentials where none are named.
 */
final class ProcessSettings {
  /** Names the file of sections. */
  static final String FILE = "FIRN_S3_STORES";

  /** Says which variables are for which store: {@code s3://bucket/prefix=PREFIX_,…}. */
  static final String PREFIXES = "FIRN_S3_STORE_VARIABLES";

  private static final Pattern WORD = Pattern.compile("_([a-z0-9])");
  private static final Map<String, String> GROUPS = Map.of("AWS_", "aws.", "FIRN_S3_", "firn.s3.");

  private final Function<String, Optional<String>> variables;

  /** Told by {@code variables}, which give the value of a name. */
  ProcessSettings(Function<String, Optional<String>> variables) {
    this.variables = variables;
  }

  /** Told by this process's variables; a system property goes before the variable of its name. */
  static ProcessSettings ofThis() {
    return new ProcessSettings(
        name ->
            Optional.ofNullable(System.getProperty(property(name)))
                .or(() -> Optional.ofNullable(System.getenv(name)))
                .filter(value -> !value.isBlank()));
  }

  /** {@code aws.endpointUrlS3} of {@code AWS_ENDPOINT_URL_S3}, as the SDK does it. */
  static String property(String variable) {
    for (Map.Entry<String, String> group : GROUPS.entrySet()) {
      if (variable.startsWith(group.getKey())) {
        String rest = variable.substring(group.getKey().length()).toLowerCase(Locale.ROOT);
        return group.getValue()
            + WORD.matcher(rest).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
      }
    }
    return variable;
  }

  /** Settings of one store. */
  private record Told(S3Location store, NamedSettings settings) {
    boolean isOf(S3Location location) {
      return store.bucket().equals(location.bucket())
          && location.prefix().startsWith(store.prefix());
    }

    int length() {
      return store.prefix().value().length();
    }
  }

  /** The settings of a store: those told of the longest URL that it is at or below, or of all. */
  S3Settings of(S3Location location) {
    List<Told> told = new ArrayList<>(ofVariables());
    told.addAll(ofFile());
    return told.stream()
        .filter(one -> one.isOf(location))
        .max(Comparator.comparingInt(Told::length))
        .map(Told::settings)
        .orElseGet(this::ofAll)
        .of(location.bucket());
  }

  /** Credentials are left to the SDK's chain, which knows more than variables. */
  private NamedSettings ofAll() {
    return new NamedSettings(
        "the environment",
        name ->
            NamedSettings.CREDENTIALS.contains(name) ? Optional.empty() : variables.apply(name));
  }

  private List<Told> ofVariables() {
    List<Told> told = new ArrayList<>();
    for (String entry :
        variables.apply(PREFIXES).map(list -> list.split(",")).orElse(new String[0])) {
      int equals = entry.lastIndexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "Invalid " + PREFIXES + ": expected s3://BUCKET/PREFIX=VARIABLES_PREFIX, and commas");
      }
      String prefix = entry.substring(equals + 1).strip();
      told.add(
          new Told(
              S3Location.parse(entry.substring(0, equals).strip()),
              new NamedSettings(
                  "variables " + prefix + "*", name -> variables.apply(prefix + name))));
    }
    return told;
  }

  private List<Told> ofFile() {
    Optional<String> file = variables.apply(FILE);
    if (file.isEmpty()) {
      return List.of();
    }
    return SectionFile.parse(text(file.get()), file.get()).stream()
        .map(
            section ->
                new Told(
                    S3Location.parse(section.title()),
                    new NamedSettings(
                        "[" + section.title() + "] of " + file.get(),
                        name -> Optional.ofNullable(section.values().get(name)))))
        .toList();
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException failed) {
      throw new IllegalArgumentException(
          "Cannot read " + FILE + " " + file + ": " + failed, failed);
    }
  }
}
