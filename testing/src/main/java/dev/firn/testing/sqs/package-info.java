/**
 * An SQS server for tests: {@link dev.firn.testing.sqs.SqsServer} in their JVM, {@link
 * dev.firn.testing.sqs.SqsServerMain} as a process of its own.
 */
package dev.firn.testing.sqs;
