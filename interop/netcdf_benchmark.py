"""./bench netcdf: chunked NetCDF-4 read by chunk, by Firn and by netCDF-C (netCDF4), in turn, as a ratio of CPU times."""

import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import netCDF4
import numpy as np

TIMES, ROWS, COLUMNS = 24, 721, 1440
CHUNK = (1, 361, 720)
WARM_UP = 3
ROUND_TRIP_MILLIS = 20
CASES = (
    ("f4", "decoded", "float32, missing values made NaN by Firn"),
    ("i2", "stored", "int16 as stored"),
    ("i2", "decoded", "int16, scale and offset applied by Firn alone"),
)


def field():
    """Temperatures with noise in the last digits that are kept, as in a forecast."""
    noise = np.random.default_rng(7)
    y, x = np.mgrid[:ROWS, :COLUMNS]
    smooth = 280 + 25 * np.cos(y / 230) + 4 * np.sin(x / 40) * np.cos(y / 25)
    for hour in range(TIMES):
        values = smooth + np.sin(hour / 4) + noise.standard_normal(x.shape) * 0.3
        yield np.round(values * 64) / 64


def make(path, kind):
    with netCDF4.Dataset(path, "w") as file:
        for name, length in zip(("time", "latitude", "longitude"), (TIMES, ROWS, COLUMNS)):
            file.createDimension(name, length)
        variable = file.createVariable(
            "t", kind, ("time", "latitude", "longitude"), zlib=True, complevel=4, shuffle=True, chunksizes=CHUNK
        )
        if kind == "i2":
            variable.setncatts({"scale_factor": 1 / 64, "add_offset": 280.0})
        variable.set_auto_maskandscale(kind == "i2")
        for hour, values in enumerate(field()):
            variable[hour] = values


def netcdf_c(path):
    """CPU seconds of reading all chunks as they are stored."""
    start = time.process_time()
    with netCDF4.Dataset(path) as file:
        variable = file["t"]
        variable.set_auto_maskandscale(False)
        for hour in range(TIMES):
            for row in range(0, ROWS, CHUNK[1]):
                for column in range(0, COLUMNS, CHUNK[2]):
                    variable[hour, row : row + CHUNK[1], column : column + CHUNK[2]]
    return time.process_time() - start


def compare(java, path, what, rounds):
    """Median CPU seconds of both sides, and of their ratio in a round."""
    pairs = []
    with subprocess.Popen([*java, "turns", str(path), "t", what], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as firn:
        for turn in range(WARM_UP + rounds):
            firn.stdin.write("\n")
            firn.stdin.flush()
            ours = int(firn.stdout.readline().split()[0]) / 1e9
            theirs = netcdf_c(path)
            if turn >= WARM_UP:
                pairs.append((ours, theirs))
        firn.stdin.close()
    return [statistics.median(side) for side in zip(*pairs)], statistics.median(theirs / ours for ours, theirs in pairs)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("java", nargs="+")
    given = arguments.parse_args()
    print("| NetCDF-4, deflate 4 and shuffle, chunks of 361 x 720 | Firn MB/s | netCDF-C MB/s | ratio |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir="/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None) as directory:
        for kind, what, name in CASES:
            path = pathlib.Path(directory) / f"{kind}.nc"
            if not path.exists():
                make(path, kind)
            (ours, theirs), ratio = compare(given.java, path, what, given.rounds)
            megabytes = TIMES * ROWS * COLUMNS * np.dtype(kind).itemsize / 1e6
            print(f"| {name} | {megabytes / ours:.0f} | {megabytes / theirs:.0f} | {ratio:.2f} |", flush=True)
        done = subprocess.run([*given.java, "ranges", str(path)], capture_output=True, text=True, check=True)
        reads, read = map(int, done.stdout.split())
        print(
            f"\nStraight from ranges, the headers of that file of {path.stat().st_size / 1e6:.0f} MB take {reads} reads of"
            f" {read} bytes one after the other, {reads * ROUND_TRIP_MILLIS / 1000:.1f} s at {ROUND_TRIP_MILLIS} ms each."
        )


if __name__ == "__main__":
    sys.exit(main())
