/**
 * Files of the Icechunk format, specification versions 1 and 2.1: values and their encodings, one
 * structure one class. Nothing here knows an object store.
 *
 * <p>Reading order: the ids ({@link dev.firn.io.icechunk.format.SnapshotId} and its siblings), then
 * the four files: {@link dev.firn.io.icechunk.format.RepoInfo}, {@link
 * dev.firn.io.icechunk.format.Snapshot}, {@link dev.firn.io.icechunk.format.Manifest} and {@link
 * dev.firn.io.icechunk.format.TransactionLog}. Below them {@code FileEnvelope} holds header and
 * compression, {@code FlatTable} and {@code FlatWriter} the FlatBuffers encoding, {@code
 * FlexReader}, {@code FlexWriter} and {@code MessagePackReader} the metadata values.
 *
 * <p>Whatever the bytes of a file are, reading it gives a value or an {@link
 * dev.firn.io.icechunk.format.IcechunkException}.
 *
 * <p>What a new process runs before its first commit is done avoids what the JVM makes only when it
 * is first used: records that are keys have their {@code equals} and {@code hashCode} written out,
 * and loops stand where lambdas and streams would do. Linking those took longer than a small
 * commit.
 */
package dev.firn.io.icechunk.format;
