package dev.firn.io.object.s3;

import dev.firn.io.object.ObjectStore;

/** Stores on S3 that put every object in parts, however small it is. */
public final class StoresInParts {
  private static final int SMALLEST_PART = 5 << 20;

  private StoresInParts() {}

  /** The store at an {@code s3:} URL, reached as the process was told. */
  public static ObjectStore open(String url) {
    return S3ObjectStore.open(
        url,
        ProcessSettings.ofThis().of(S3Location.parse(url)),
        new MultipartSizes(1, SMALLEST_PART));
  }
}
