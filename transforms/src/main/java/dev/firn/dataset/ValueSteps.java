package dev.firn.dataset;

import dev.firn.fields.Deaccumulation;
import dev.firn.fields.MantissaRounding;
import dev.firn.fields.Scaling;
import dev.firn.fields.SentinelMask;
import dev.firn.io.field.UnitConversion;
import java.util.Optional;

/**
 * What happens to a variable's values between the message and the store, in this order.
 *
 * @param conversion applied in double while the message is decoded
 * @param sentinel the value that means "missing"
 * @param scaling multiplication
 * @param deaccumulation from accumulations to rates along time
 * @param interpolatesGaps whether steps that sources never have are filled from their neighbours
 * @param rounding to fewer mantissa bits
 */
public record ValueSteps(
    UnitConversion conversion,
    Optional<SentinelMask> sentinel,
    Optional<Scaling> scaling,
    Optional<Deaccumulation> deaccumulation,
    boolean interpolatesGaps,
    Optional<MantissaRounding> rounding) {}
