package dev.firn.io.grib.packing;

/**
 * Values packed for sections 5 and 7. Equality is identity of the data array.
 *
 * @param template what section 5 says
 * @param count how many values
 * @param data section 7 from octet 6 on, not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record PackedValues(WritableTemplate template, int count, byte[] data) {}
