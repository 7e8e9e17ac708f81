package dev.firn.io.grib;

/**
 * How values were gathered over the area of each point (template 4.15).
 *
 * @param process what of the area's values (code table 4.10): 0 average, 2 maximum, 255 none
 * @param method from source to target grid (code table 4.15): 0 as it was, 1 bilinear, 3 nearest
 * @param pointsUsed of the source grid for each
 */
public record SpatialProcess(int process, int method, int pointsUsed) {}
