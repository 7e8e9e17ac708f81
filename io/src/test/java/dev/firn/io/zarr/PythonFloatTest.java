package dev.firn.io.zarr;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PythonFloatTest {

  @Test
  void numbersArePrintedAsPythonDoes() {
    Map<Double, String> printed = new LinkedHashMap<>();
    printed.put(0.0, "0.0");
    printed.put(-0.0, "-0.0");
    printed.put(1.0, "1.0");
    printed.put(6371229.0, "6371229.0");
    printed.put(-90.25, "-90.25");
    printed.put(0.1, "0.1");
    printed.put(0.1 + 0.2, "0.30000000000000004");
    printed.put(1e-4, "0.0001");
    printed.put(1e-5, "1e-05");
    printed.put(1.5e-7, "1.5e-07");
    printed.put(9007199254740992.0, "9007199254740992.0");
    printed.put(1234567890123456.8, "1234567890123456.8");
    printed.put(1e16, "1e+16");
    printed.put(123456789012345680.0, "1.2345678901234568e+17");
    printed.put(1e22, "1e+22");
    printed.put(1e100, "1e+100");
    printed.put((double) 9.96921e36f, "9.969209968386869e+36");
    printed.put(2e-3, "0.002");
    printed.put(2.0 / 3, "0.6666666666666666");
    printed.put(Math.scalb(1.0, -44), "5.684341886080802e-14");
    printed.put(2.2250738585072014e-308, "2.2250738585072014e-308");
    printed.put(9.5367431640625e-07, "9.5367431640625e-07");
    printed.put(Double.MIN_VALUE, "5e-324");
    printed.put(Double.MAX_VALUE, "1.7976931348623157e+308");
    printed.put(Double.NaN, "NaN");
    printed.put(Double.POSITIVE_INFINITY, "Infinity");
    printed.put(Double.NEGATIVE_INFINITY, "-Infinity");

    printed.forEach((value, text) -> assertThat(PythonFloat.json(value), equalTo(text)));
  }

  @Test
  void whatIsPrintedIsReadAsTheSameNumber() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(PythonFloat.json(value)), equalTo(value));
      }
    }
  }
}
