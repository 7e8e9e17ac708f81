/**
 * Icechunk repositories (specification versions 1, read, and 2.1, read and written) on any {@link
 * dev.firn.io.object.ObjectStore}.
 *
 * <p>Reading order: {@link dev.firn.io.icechunk.Repository} is the door; it opens a {@link
 * dev.firn.io.icechunk.Session}, which reads, collects changes in a {@code ChangeSet}, and commits
 * them: {@code Committer} writes files by {@code Flush}, {@code ArrayPlan} and {@link
 * dev.firn.io.icechunk.ManifestJob}, then {@code RepoUpdates}, the one place that replaces the repo
 * info file, applies a {@code CommitChange}. {@code Rebase} and {@code ConflictDetector} deal with
 * commits of others. {@link dev.firn.io.icechunk.ChunkWriter} and {@link
 * dev.firn.io.icechunk.ManifestPlan} let many workers write for one commit. {@link
 * dev.firn.io.icechunk.RepositoryFiles} knows where every file is; the files themselves are in
 * {@code dev.firn.io.icechunk.format}.
 */
package dev.firn.io.icechunk;
