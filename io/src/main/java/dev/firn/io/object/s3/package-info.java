/**
 * Object stores on S3 and on what speaks its protocol; the one place that knows the AWS SDK.
 *
 * <p>Reading order: {@link dev.firn.io.object.s3.S3ObjectStore}, then {@code Attempts}, which
 * repeats requests within their {@code Deadlines} and finds them a place among others ({@code
 * AdaptiveConcurrency}), and {@code ConditionalPut}, which decides who won when a reply was lost.
 * {@code MultipartPut} and {@code ManyDeletes} are for much at once; {@code S3Failure} judges and
 * words errors. {@code ProcessSettings} is what the process was told, of all stores or of one.
 */
package dev.firn.io.object.s3;
