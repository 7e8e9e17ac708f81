package dev.firn.checkin;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where check-ins go: an http or https URL with places that each check-in fills in.
 *
 * <ul>
 *   <li>{@code {dataset}}, {@code {job}}
 *   <li>{@code {id}}: 32 hexadecimal digits; {@code {uuid}}: the same with dashes
 *   <li>{@code {status}}: {@code in_progress}, {@code ok} or {@code error}; {@code
 *       {status:run,complete,fail}}: the service's own words for them, which may be empty
 *   <li>{@code {env:NAME}}: a variable of the environment of the process that checks in
 * </ul>
 *
 * <p>No message has more of it than its scheme and host: the rest may be a secret.
 */
final class CheckInUrl {
  private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)\\}");
  private static final Pattern URL =
      Pattern.compile(
          "(https?://(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+])(?::\\d{1,5})?)"
              + "(?:[/?](?:[\\w.~:/?@!$&'()*+,;=-]++|%[0-9A-Fa-f]{2})*+)?");
  private static final Set<String> NAMES = Set.of("dataset", "job", "id", "uuid", "status");
  private static final String OWN_WORDS = "status:";
  private static final String VARIABLE = "env:";

  private final String template;
  private final String place;

  private CheckInUrl(String template, String place) {
    this.template = template;
    this.place = place;
  }

  /**
   * The URL that {@code template} describes.
   *
   * @throws IllegalArgumentException if it describes none
   */
  static CheckInUrl parse(String template) {
    PLACE.matcher(template).results().forEach(place -> checkPlace(place.group(1)));
    Matcher url = URL.matcher(PLACE.matcher(template).replaceAll("x"));
    if (!url.matches() || !template.startsWith(url.group(1))) {
      throw invalid(
          "it is no http or https URL, or has a login or a place to be filled in as its host");
    }
    return new CheckInUrl(template, url.group(1));
  }

  private static void checkPlace(String place) {
    if (place.startsWith(OWN_WORDS)) {
      int words = ownWords(place).length;
      if (words != CheckIn.Status.values().length) {
        throw invalid("{status:…} has " + words + " words, expected three with commas between");
      }
    } else if (place.startsWith(VARIABLE)) {
      if (!place.substring(VARIABLE.length()).matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw invalid("{env:…} does not name a variable of the environment");
      }
    } else if (!NAMES.contains(place)) {
      throw invalid("there is nothing to fill in for {" + place + "}");
    }
  }

  private static String[] ownWords(String place) {
    return place.substring(OWN_WORDS.length()).split(",", -1);
  }

  private static IllegalArgumentException invalid(String why) {
    return new IllegalArgumentException("Invalid URL of check-ins: " + why);
  }

  /**
   * The URL for one check-in.
   *
   * @param variables the environment
   * @throws IllegalArgumentException if a variable is not set, naming it
   */
  URI of(CheckIn checkIn, Function<String, Optional<String>> variables) {
    return URI.create(
        PLACE
            .matcher(template)
            .replaceAll(place -> encoded(value(place.group(1), checkIn, variables))));
  }

  private static String value(
      String place, CheckIn checkIn, Function<String, Optional<String>> variables) {
    if (place.startsWith(OWN_WORDS)) {
      String[] words = ownWords(place);
      return switch (checkIn.status()) {
        case IN_PROGRESS -> words[0];
        case OK -> words[1];
        case ERROR -> words[2];
      };
    }
    if (place.startsWith(VARIABLE)) {
      String name = place.substring(VARIABLE.length());
      return variables
          .apply(name)
          .orElseThrow(() -> new IllegalArgumentException(name + " is not set"));
    }
    return switch (place) {
      case "dataset" -> checkIn.dataset();
      case "job" -> checkIn.job();
      case "id" -> checkIn.id();
      case "uuid" -> checkIn.uuid();
      default -> checkIn.status().text();
    };
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Scheme, host and port. */
  String place() {
    return place;
  }
}
