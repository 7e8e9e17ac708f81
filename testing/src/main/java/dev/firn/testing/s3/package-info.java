/**
 * An S3 server for tests. {@link dev.firn.testing.s3.S3Extension} gives a JUnit test an empty
 * bucket; {@link dev.firn.testing.s3.S3ServerMain} is the server as a process of its own. {@link
 * dev.firn.testing.s3.FaultProxy} stands before a server and disturbs requests.
 */
package dev.firn.testing.s3;
