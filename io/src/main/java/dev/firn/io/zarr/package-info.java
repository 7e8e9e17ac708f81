/**
 * Zarr v3: metadata, chunk layout, shards, reading and writing over an {@link
 * dev.firn.io.object.ObjectStore}.
 *
 * <p>Metadata: {@link dev.firn.io.zarr.NodeMetadata} is an {@link dev.firn.io.zarr.ArrayMetadata}
 * (with its {@link dev.firn.io.zarr.DataType}, {@link dev.firn.io.zarr.FillValue} and {@link
 * dev.firn.io.zarr.CodecSpec}s) or a {@link dev.firn.io.zarr.GroupMetadata}; {@link
 * dev.firn.io.zarr.ZarrJson} prints both as zarr-python does.
 *
 * <p>Chunks: {@link dev.firn.io.zarr.ArrayLayout} says which there are and where they are stored,
 * {@link dev.firn.io.zarr.ChunkEncoder} and {@link dev.firn.io.zarr.ChunkDecoder} turn values into
 * stored bytes and back; {@code ChunkCodec} is the codec chain of both, {@code Shard} the layout of
 * a shard.
 *
 * <p>Whole arrays: {@link dev.firn.io.zarr.ZarrGroup} opens a store, {@link
 * dev.firn.io.zarr.ZarrArray} reads any part of an array into {@link dev.firn.io.zarr.ArrayValues},
 * {@link dev.firn.io.zarr.ArrayEncoder} encodes a small one.
 */
package dev.firn.io.zarr;
