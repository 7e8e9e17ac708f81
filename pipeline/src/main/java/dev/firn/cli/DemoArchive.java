package dev.firn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.demo.DemoModel;
import dev.firn.io.zarr.NodePath;
import dev.firn.io.zarr.ZarrArray;
import dev.firn.io.zarr.ZarrGroup;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * What readers of the demo's archive see of what its model did.
 *
 * @param forecasts how many there are
 * @param firstHours how long the first one is
 * @param flawedCelsius its mean temperature at the lead time whose file is flawed at first
 */
record DemoArchive(long forecasts, double firstHours, double flawedCelsius) {

  /** Reads the store at {@code path}. */
  static DemoArchive read(String path) throws IOException {
    try (StoredArchive archive = StoredArchive.open(path)) {
      ZarrGroup group = archive.group();
      double[] lengths = array(group, "ingested_forecast_length").read().toDoubles();
      ZarrArray temperature = array(group, "temperature_2m");
      int[] shape = temperature.metadata().shape().stream().mapToInt(Long::intValue).toArray();
      int lead =
          Arrays.binarySearch(
              array(group, "lead_time").read().toDoubles(),
              (double) DemoModel.FLAWED_LEAD.toSeconds());
      double[] celsius =
          temperature
              .read(new long[] {0, lead, 0, 0}, new int[] {1, 1, shape[2], shape[3]})
              .toDoubles();
      return new DemoArchive(
          shape[0], lengths[0] / 3600, Arrays.stream(celsius).average().orElse(Double.NaN));
    }
  }

  private static ZarrArray array(ZarrGroup group, String name) {
    return group.array(new NodePath(name));
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "Readers see %d forecast%s. The first has %.0f of %d hours; its mean temperature over all points at hour %d is %.2f °C.",
        forecasts,
        forecasts == 1 ? "" : "s",
        firstHours,
        DemoModel.LAST_LEAD.toHours(),
        DemoModel.FLAWED_LEAD.toHours(),
        flawedCelsius);
  }

  ObjectNode json() {
    return new ObjectMapper()
        .createObjectNode()
        .put("forecasts", forecasts)
        .put("first_forecast_hours", firstHours)
        .put("first_forecast_mean_celsius_at_hour_12", flawedCelsius);
  }
}
