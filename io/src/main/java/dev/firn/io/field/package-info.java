/**
 * Gridded values and what they stand for, whatever format they were stored in.
 *
 * <p>{@link dev.firn.io.field.Field} is the values on a {@link dev.firn.io.field.Grid}; {@link
 * dev.firn.io.field.Parameter} and {@link dev.firn.io.field.Level} say of what and where. Grids
 * have an {@link dev.firn.io.field.Axis} each way; those of maps also a {@link
 * dev.firn.io.projection.Projection}.
 */
package dev.firn.io.field;
