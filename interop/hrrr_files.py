"""Files as the HRRR model publishes them, and what archives make of them."""

import numpy as np

from small_archive import assert_same, hours, noaa_file, rounded

HRRR = ["temperature_2m", "pressure_reduced_to_mean_sea_level", "precipitation_surface",
        "geopotential_height_cloud_ceiling", "snowfall_surface"]
HRRR_HOST = "s3://noaa-hrrr-bdp-pds"
RAIN, SNOW = 1, 2


def of_hour(grid, kind, time):
    """What fell in the hour before."""
    return grid.texture([kind, time.day, time.hour])


def ceiling(grid, time, lead):
    values = grid.texture([4, time.day, time.hour, lead])
    values[3, 2:7] = 9999
    return values


def publish_hrrr(archive, init, leads):
    grid = archive.grid
    for lead in leads:
        valid = init + hours(lead)
        element = "PRMSL" if init.hour % 2 else "MSLMA"  # renamed over the years
        fields = [
            (lead, "TMP", "2 m above ground", (103, 2), None, 200 + grid.texture([3, valid.day, valid.hour, lead])),
            (lead, element, "mean sea level", (101, None), None, 100000 + grid.texture([5, valid.day, valid.hour, lead])),
            (lead, "HGT", "cloud ceiling", (215, None), None, ceiling(grid, valid, lead))]
        if lead:
            rain = (lead, "APCP", "surface", (1, None), (lead - 1, "acc"), of_hour(grid, RAIN, valid))
            snow = sum(of_hour(grid, SNOW, init + hours(hour)) for hour in range(1, lead + 1))
            total = (lead, "APCP", "surface", (1, None), (0, "acc"), of_hour(grid, RAIN, valid) + 5)
            fields += [rain, (lead, "ASNOW", "surface", (1, None), (0, "acc"), snow)] + ([total] if lead > 1 else [])
        path = archive.path(f"{HRRR_HOST}/hrrr.{init:%Y%m%d}/conus/hrrr.t{init:%H}z.wrfsfcf{lead:02d}.grib2")
        noaa_file(path, init, fields, grid, "grid_complex_spatial_differencing")


def assert_hrrr(found, grid, valid, lead, rates):
    assert_same(found.temperature_2m,
                rounded((200 + grid.texture([3, valid.day, valid.hour, lead]) - 273.15).astype(np.float32), 7))
    assert_same(found.pressure_reduced_to_mean_sea_level,
                rounded(100000 + grid.texture([5, valid.day, valid.hour, lead]), 13))
    height = ceiling(grid, valid, lead)
    assert_same(found.geopotential_height_cloud_ceiling, rounded(np.where(height == 9999, np.nan, height), 8))
    missing = grid.filled(np.nan)
    assert_same(found.precipitation_surface, rounded(of_hour(grid, RAIN, valid) / 3600, 7) if rates else missing)
    assert_same(found.snowfall_surface, rounded(of_hour(grid, SNOW, valid) / 3600, 7) if rates else missing)
