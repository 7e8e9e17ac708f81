package dev.firn.dataset;

import dev.firn.dataset.NamePart.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells from the URLs of files which steps of a dataset they may be for. It takes the two ways of
 * writing the URL of an object on S3 for the same, {@code s3://bucket/key} and {@code https:}.
 */
public final class SourceNames {
  private static final Pattern S3_BUCKET_AS_HOST =
      Pattern.compile("https?://([a-z0-9][a-z0-9.-]*)\\.s3[.-](?:[a-z0-9-]+\\.)?amazonaws\\.com/");

  private static final Pattern S3_BUCKET_AS_PATH =
      Pattern.compile("https?://s3[.-](?:[a-z0-9-]+\\.)?amazonaws\\.com/([^/]+)/");

  private final Map<String, List<NameShape>> shapesByRoot = new HashMap<>();

  private SourceNames() {}

  /**
   * The names of a dataset's source files.
   *
   * @throws ConfigurationException when the dataset has no sources, or files whose names do not
   *     tell times
   */
  public static SourceNames of(DatasetSpec spec) {
    SourceNames names = new SourceNames();
    FileNaming naming = spec.source().naming();
    Set<NameShape> shapes = new HashSet<>();
    spec.variables().stream()
        .map(VariableSpec::words)
        .distinct()
        .forEach(words -> shapes.addAll(NameShapes.of(naming, words)));
    shapes.forEach(shape -> names.add(spec, shape));
    return names;
  }

  private void add(DatasetSpec spec, NameShape shape) {
    if (!shape.tellsTimes()) {
      throw new ConfigurationException(
          "Cannot tell by their names when files of dataset "
              + spec.id()
              + " are for: "
              + shape
              + " has no year");
    }
    List<NamePart> parts = new ArrayList<>(shape.parts());
    parts.set(0, new Text(sameForAll(shape.prefix())));
    NameShape same = new NameShape(parts, shape.era());
    shapesByRoot.computeIfAbsent(root(same.prefix()), unknown -> new ArrayList<>()).add(same);
  }

  /**
   * The URL of an object on S3 as {@code s3://bucket/key}, however it was written; others as is.
   */
  public static String sameForAll(String url) {
    if (!url.contains("amazonaws.com/")) {
      return url;
    }
    Matcher path = S3_BUCKET_AS_PATH.matcher(url);
    Matcher found = path.lookingAt() ? path : S3_BUCKET_AS_HOST.matcher(url);
    return found.lookingAt() ? "s3://" + found.group(1) + "/" + url.substring(found.end()) : url;
  }

  /** Scheme and host, or bucket, where {@code url} is long enough to tell. */
  private static String root(String url) {
    int host = url.indexOf("://") + 3;
    int path = host < 3 ? -1 : url.indexOf('/', host);
    return url.substring(0, path + 1);
  }

  /**
   * What a URL tells of steps, read in every way it can be; nothing if no file of the dataset is
   * called so.
   *
   * @param url as {@link #sameForAll} writes it
   */
  public List<NamedSteps> read(String url) {
    List<NamedSteps> found = new ArrayList<>();
    for (String root : List.of(root(url), "")) {
      for (NameShape shape : shapesByRoot.getOrDefault(root, List.of())) {
        shape.read(url, found);
      }
    }
    return found;
  }
}
