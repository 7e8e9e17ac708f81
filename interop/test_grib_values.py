"""Every field of the sample files is what ecCodes says it is, and has its values, missing points and coordinates.

Values also equal those that wgrib2 wrote, where the samples have them.
"""

import lzma
import os
import pathlib
import re

import numpy as np
import pytest

import check_grib
import eccodes_fields
import firn_cli
import grib_compare
from grib_compare import Kind

SAMPLES = os.environ.get("FIRN_SAMPLES")
INVALID = "invalid"
REFERENCES = "reference-decodes"
WGRIB2_MISSING = np.float32(9.999e20)

# By the beginning of a reference's name: the file it decodes, and the message in it, from 0.
DECODED = {
    "cmc-glb": ("eccc/CMC_glb_TMP_ISBL_1_latlon.24x.24_2021051800_P000.grib2", 0),
    "ds.critfireo.bin.0": ("noaa-other/ds.critfireo.bin.xz", 0),
    "ds.critfireo.bin.1": ("noaa-other/ds.critfireo.bin.xz", 1),
    "ds.minrh.bin.0": ("noaa-other/ds.minrh.bin.xz", 0),
    "ecmwf-realtime-oper-fc-0": ("ecmwf/20240101000000-0h-oper-fc.grib2.0-10.xz", 0),
    "ecmwf-realtime-oper-fc-89": ("ecmwf/20250912120000-0h-oper-fc.grib2.89.xz", 0),
    "gdas-12": ("noaa-gfs/gdas.t12z.pgrb2.0p25.f000.12.xz", 0),
    "gdas-46": ("noaa-gfs/gdas.t12z.pgrb2.0p25.f000.46.xz", 0),
    "kousa": ("jma/Z__C_RJTD_20170221120000_MSG_GPV_Gll0p5deg_Pys_B20170221120000_F2017022115-2017022212_grib2.bin.xz", 3),
    "meps": ("jma/Z__C_RJTD_20190605000000_MEPS_GPV_Rjp_L-pall_FH00-15_grib2.bin.0-20.xz", 2),
    "mrms-merged-rho-hv": ("noaa-mrms/MRMS_MergedRhoHV_19.00_20260219-042039.grib2.gz", 0),
    "mrms-precip-flag": ("noaa-mrms/MRMS_PrecipFlag_00.00_20260219-042400.grib2.gz", 0),
    "mrms-reflectivity": ("noaa-mrms/MRMS_ReflectivityAtLowestAltitude_00.50_20230406-120039.grib2.gz", 0),
    "msmguid": ("jma/Z__C_RJTD_20190304000000_MSM_GUID_Rjp_P-all_FH03-39_Toorg_grib2.bin.xz", 0),
    "tornado": ("jma/Z__C_RJTD_20160822020000_NOWC_GPV_Ggis10km_Pphw10_FH0000-0100_grib2.bin", 3),
    "wind_solar_ind": ("other-centres/wind_solar_ind_0.125_20240521_12Z.grib2.0.xz", 0),
}


def folders():
    """Those of the samples with files in them, from the one that names them all on."""
    if SAMPLES is None:
        return []
    root = pathlib.Path(SAMPLES) / "grib2"
    found = sorted({path.parent.relative_to(root) for path in root.rglob("*") if path.is_file()})
    return [folder for folder in found if folder.name != REFERENCES]


def test_samples_are_there(samples):
    assert (samples / "grib2").is_dir() and folders()


def verdicts_of(folder, tmp_path):
    files = [path for path in sorted(folder.iterdir()) if path.is_file()]
    named = {str(path): name for file in files for name, path in check_grib.unpacked(file, tmp_path)}
    return list(grib_compare.compare(filter(check_grib.has_messages, map(pathlib.Path, named)), tmp_path))


@pytest.mark.parametrize("folder", folders(), ids=str)
def test_fields_are_those_of_eccodes(folder, samples, tmp_path):
    verdicts = verdicts_of(samples / "grib2" / folder, tmp_path)

    assert [str(verdict) for verdict in verdicts if verdict.kind.fails] == []
    assert Kind.ONE_STEP not in {verdict.kind for verdict in verdicts}
    if INVALID not in folder.parts:
        cut_off = [verdict for verdict in verdicts if verdict.kind == Kind.CORRUPT]
        assert all(re.search(r"its length is \d+ bytes, \d+ are left in the file$", v.detail) for v in cut_off)


def references():
    return sorted((pathlib.Path(SAMPLES) / "grib2" / REFERENCES).glob("*")) if SAMPLES else []


@pytest.mark.parametrize("reference", references(), ids=lambda path: path.name)
def test_values_are_those_of_wgrib2(reference, samples, tmp_path):
    ((file, message),) = [where for name, where in DECODED.items() if is_named(reference, name)]
    ((_, path),) = check_grib.unpacked(samples / "grib2" / file, tmp_path)
    ours = firn_cli.raw_values(path, message)
    columns = alternating_columns(path)
    if columns:  # wgrib2 was asked for values as they are stored
        ours = ours.reshape(-1, columns).copy()
        ours[1::2] = ours[1::2, ::-1]

    theirs = np.frombuffer(lzma.open(reference).read(), ">f4" if "-be." in reference.name else "<f4")

    theirs = np.where(theirs == WGRIB2_MISSING, np.float32(np.nan), theirs)
    np.testing.assert_array_equal(ours.reshape(-1), theirs)


def alternating_columns(path):
    """The length of rows of which every other runs backward; zero where none does."""
    field = next(fields := eccodes_fields.fields(path))
    columns = field["alternativeRowScanning"] * field["Ni"]
    fields.close()
    return columns


def is_named(reference, name):
    return re.match(re.escape(name) + r"(?![\d])", reference.name)


def test_every_reference_is_compared():
    assert len(references()) == (18 if SAMPLES else 0)
