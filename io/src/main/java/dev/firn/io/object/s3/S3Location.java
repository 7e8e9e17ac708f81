package dev.firn.io.object.s3;

import dev.firn.io.object.ObjectPath;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The root of a store: {@code s3://bucket} or {@code s3://bucket/prefix}, the prefix as it stands
 * in keys, nothing escaped.
 *
 * @param bucket the bucket's name
 * @param prefix what all keys begin with, a slash after it
 */
record S3Location(String bucket, ObjectPath prefix) {
  private static final Pattern URL = Pattern.compile("s3://([^/]+)(?:/(.*?))?/?");

  static S3Location parse(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "Invalid S3 URL '" + url + "': expected s3://BUCKET or s3://BUCKET/PREFIX");
    }
    return new S3Location(
        parts.group(1), new ObjectPath(Optional.ofNullable(parts.group(2)).orElse("")));
  }

  String url() {
    return prefix.equals(ObjectPath.ROOT) ? "s3://" + bucket : "s3://" + bucket + "/" + prefix;
  }

  /** The key of an object, which the root is not. */
  String key(ObjectPath path) {
    if (path.equals(ObjectPath.ROOT)) {
      throw new IllegalArgumentException(
          "Invalid object path: the root of " + url() + " is not an object");
    }
    return prefix.resolve(path.value()).value();
  }

  /** What the keys of all objects below {@code path} begin with. */
  String keysBelow(ObjectPath path) {
    String key = prefix.resolve(path.value()).value();
    return key.isEmpty() ? "" : key + "/";
  }

  /**
   * The object that has this key, which begins with the prefix; empty for keys that no path can
   * name, such as the empty objects with which some tools mark folders.
   */
  Optional<ObjectPath> path(String key) {
    return Optional.of(key.substring(keysBelow(ObjectPath.ROOT).length()))
        .filter(relative -> !relative.isEmpty() && ObjectPath.isValid(relative))
        .map(ObjectPath::new);
  }
}
