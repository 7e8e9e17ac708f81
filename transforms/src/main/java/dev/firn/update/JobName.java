package dev.firn.update;

import dev.firn.dataset.ConfigurationException;
import dev.firn.dataset.Template;
import dev.firn.io.object.ETag;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Job names: checked when the user gives one, derived from the work otherwise. */
public final class JobName {
  private static final Pattern FORM = Pattern.compile("[a-z0-9](-?[a-z0-9])*");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd't'HH", Locale.ROOT).withZone(ZoneOffset.UTC);

  private JobName() {}

  /** The name as it is, or a {@link ConfigurationException}. */
  public static String check(String name) {
    if (!FORM.matcher(name).matches()) {
      throw new ConfigurationException(
          "Invalid job name '"
              + name
              + "': expected lower-case letters and digits, joined by single hyphens");
    }
    return name;
  }

  /** The name of one of several windows, counted from 1, of the work {@code job}. */
  public static String ofWindow(String job, int window) {
    return job + "-w" + window;
  }

  /**
   * A name that the same work always gets, and other work never: the dataset, the kind, the end,
   * and a hash of the whole request and the dataset's template. What is published does not matter,
   * so workers come to one name whenever they start.
   */
  public static String derive(UpdateRequest request, Template template) {
    String work =
        request.kind()
            + "\n"
            + request.filter()
            + "\n"
            + request.overwriteChunks()
            + request.overwriteMetadata()
            + "\n"
            + template.hash()
            + "\n"
            + request.replicas()
            + (request.files().isEmpty() ? "" : "\n" + named(request.files()));
    return String.join(
        "-",
        template.spec().id(),
        request.kind().name().toLowerCase(Locale.ROOT),
        STAMP.format(request.filter().end()),
        Sha256.hex(work.getBytes(StandardCharsets.UTF_8)).substring(0, 8));
  }

  private static List<String> named(List<ArrivedFile> files) {
    return files.stream()
        .map(file -> file.url() + " " + file.version().map(ETag::toString).orElse(""))
        .sorted()
        .toList();
  }
}
