/**
 * The numeric steps between decoding and encoding: pure functions on float32 arrays, computed in
 * double, without I/O.
 *
 * <p>Steps along a dimension see {@code steps × cells} values, all cells of one step contiguous
 * ({@code step * cells + cell}); a cell is any point of the other dimensions.
 *
 * <p>Read them in the order they are applied: {@link dev.firn.fields.GridAlignment} while fields
 * are placed, then {@link dev.firn.fields.SentinelMask}, {@link dev.firn.fields.Scaling}, {@link
 * dev.firn.fields.Deaccumulation}, {@link dev.firn.fields.GapInterpolation}, and {@link
 * dev.firn.fields.MantissaRounding} last. The rules in prose: {@code
 * docs/concepts/numeric-steps.md}.
 */
package dev.firn.fields;
