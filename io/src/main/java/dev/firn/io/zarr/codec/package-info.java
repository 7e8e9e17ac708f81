/**
 * The codecs of Zarr v3 that turn bytes into bytes, and the two that lay out elements: each is
 * named after its registered name.
 *
 * <p>Read {@link dev.firn.io.zarr.codec.BytesToBytes} first: it is what {@link
 * dev.firn.io.zarr.codec.Blosc}, {@link dev.firn.io.zarr.codec.Zstandard}, {@link
 * dev.firn.io.zarr.codec.Gzip} and {@link dev.firn.io.zarr.codec.Crc32c} keep. {@link
 * dev.firn.io.zarr.codec.Transpose} and {@link dev.firn.io.zarr.codec.ByteSwap} come before them in
 * a chain. Compression libraries appear in {@code ZstdLibrary} and {@code BloscLibrary} only.
 */
package dev.firn.io.zarr.codec;
