/**
 * Object stores on S3 and on what speaks its protocol; the one place that knows the AWS SDK.
 *
 * <p>Reading order: {@link dev.firn.io.object.s3.S3ObjectStore}, then {@code ConditionalPut}, which
 * decides who won when a reply was lost; {@code S3Failure} words the errors.
 */
package dev.firn.io.object.s3;
