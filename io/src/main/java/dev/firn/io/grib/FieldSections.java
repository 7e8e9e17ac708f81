package dev.firn.io.grib;

import dev.firn.io.bytes.OctetReader;
import java.util.Optional;

/**
 * The sections that make up one field. A field without its own section 3 shares that of the field
 * before.
 *
 * @param grid section 3
 * @param product section 4
 * @param representation section 5
 * @param bitMap section 6
 * @param data section 7
 * @param lastBitMap the last section 6 up to this field's that holds a bit-map itself
 */
record FieldSections(
    OctetReader grid,
    OctetReader product,
    OctetReader representation,
    OctetReader bitMap,
    OctetReader data,
    Optional<OctetReader> lastBitMap) {}
