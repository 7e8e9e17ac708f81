/**
 * NetCDF-3 (classic and 64-bit offset), NetCDF-4 and HDF5: groups, variables, attributes, and
 * values as they are stored or as the CF conventions decode them.
 *
 * <p>To read: {@link dev.firn.io.netcdf.NetcdfFile} opens a file, {@link
 * dev.firn.io.netcdf.NetcdfGroup} says what is in it, {@link dev.firn.io.netcdf.NetcdfVariable}
 * reads a {@link dev.firn.io.netcdf.Slab} of a variable, {@code CfDecoding} makes physical values
 * of stored ones.
 *
 * <p>Behind that is {@code Container}, of which there are two. {@code ClassicContainer} has
 * netcdf-java read NetCDF-3, after {@code ClassicHeader} has checked the header. {@code
 * Hdf5Container} has jhdf read the structure of HDF5: {@code Hdf5Tree} walks through it, {@code
 * Hdf5Header} says what a variable is, {@code Hdf5Block} and {@code Hdf5Chunks} read its values
 * with {@code ChunkFilters}. Everything jhdf is asked for goes through {@code LibraryCall}.
 */
package dev.firn.io.netcdf;
