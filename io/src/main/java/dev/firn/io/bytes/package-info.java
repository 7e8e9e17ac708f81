/**
 * Bytes of formats written octet by octet, big-endian.
 *
 * <p>{@link dev.firn.io.bytes.ByteSource} is a file or array that can be read anywhere. {@link
 * dev.firn.io.bytes.OctetReader} reads numbers from one section of it, {@link
 * dev.firn.io.bytes.BitReader} runs of packed integers. {@link dev.firn.io.bytes.OctetWriter} and
 * {@link dev.firn.io.bytes.BitWriter} are their counterparts.
 */
package dev.firn.io.bytes;
