package dev.firn.io.object.s3;

import dev.firn.io.object.ObjectPath;

/**
 * What is done to an object, as errors name it.
 *
 * @param action the verb, as in "read"
 * @param request the request's name in S3
 * @param location the store
 * @param path the object
 */
record Operation(String action, String request, S3Location location, ObjectPath path) {

  /** The same, told with another verb. */
  Operation withAction(String other) {
    return new Operation(other, request, location, path);
  }
}
