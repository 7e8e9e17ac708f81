/**
 * Flink clusters, without Beam: {@link dev.firn.flink.FlinkCluster} asks a running one about
 * itself, {@link dev.firn.flink.LocalCluster} starts one of separate processes on this machine. The
 * classes that use Flink's own code are {@code ProcessArguments} alone.
 */
package dev.firn.flink;
