"""The guide to adding a dataset, followed to the letter in an empty directory."""

import datetime
import pathlib
import re
import shlex
import subprocess

import numpy as np
import pytest
import xarray as xr

from firn_cli import FIRN, ROOT
from small_archive import Grid, assert_same, hours, message, rounded

GUIDE = (ROOT / "docs/guides/add-a-dataset.md").read_text()
GRID = Grid(45.0, -10.0, 40, 60, 0.25)


def fallen_until(init, lead):
    return sum((GRID.texture([init.hour, hour]) for hour in range(lead)), GRID.filled(0))


def make_model(directory):
    for init in (datetime.datetime(2026, 1, 1), datetime.datetime(2026, 1, 1, 12)):
        for lead in (0, 3, 6):
            file = directory / f"{init:%Y%m%d}/{init:%H}/coast_{lead:03d}.grib2"
            file.parent.mkdir(parents=True, exist_ok=True)
            temperature = message((0, 0, 0), 200 + GRID.texture([init.hour, lead]), init, lead, (103, 2), grid=GRID)
            rain = message((0, 1, 52), fallen_until(init, lead), init, lead, (1, None), (0, 1), grid=GRID)
            file.write_bytes(temperature + rain)


@pytest.mark.long
def test_the_guide_leads_to_an_archive(tmp_path):
    walk = GUIDE[GUIDE.index("## From nothing"):GUIDE.index("## Identity")]
    definition, = re.findall(r"```yaml\n(.*?)```", walk, re.DOTALL)
    commands = [line for block in re.findall(r"```sh\n(.*?)```", walk, re.DOTALL) for line in block.splitlines()]
    make_model(tmp_path / "model")
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog/coast.yaml").write_text(definition)

    said = []
    for command in commands:
        program, *arguments = shlex.split(command)
        assert program == "./firn"
        done = subprocess.run([str(pathlib.Path(FIRN).resolve()), *arguments], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        said.append(done.stdout)

    assert "2t" in said[0] and "tp" in said[0] and '"discipline"' in said[1]
    assert (tmp_path / "map.png").stat().st_size > 1000
    found = xr.open_zarr(tmp_path / "coast.zarr", decode_timedelta=True)
    assert found.sizes == {"init_time": 2, "lead_time": 3, "latitude": 40, "longitude": 60}
    for at, init in enumerate((datetime.datetime(2026, 1, 1), datetime.datetime(2026, 1, 1) + hours(12))):
        for number, lead in enumerate((0, 3, 6)):
            celsius = (200 + GRID.texture([init.hour, lead]) - 273.15).astype(np.float32)
            assert_same(found.temperature_2m[at, number], rounded(celsius, 7))
            rate = (fallen_until(init, lead) - fallen_until(init, lead - 3)) / 10800 if lead else GRID.filled(np.nan)
            assert_same(found.precipitation_surface[at, number], rounded(rate, 7))
