"""Writes the golden vectors of this folder: see README.md."""
import gzip
import struct

import numpy as np
from numcodecs import Blosc, Zstd, blosc

blosc.use_threads = False
i = np.arange(5000, dtype="<i8")
values = ((i * i) // 7 % 1000 - 300).astype("<f4") / 8
raw = values.tobytes()
open("values.bin", "wb").write(raw)


def save(name, data):
    open(name, "wb").write(bytes(data))


for cname in ["blosclz", "lz4", "lz4hc", "zlib", "zstd"]:
    for shuffle, label in [(0, "noshuffle"), (1, "shuffle"), (2, "bitshuffle")]:
        save(f"blosc-{cname}-{label}.bin", Blosc(cname, 5, shuffle, 4096).encode(values))
save("blosc-stored.bin", Blosc("zstd", 0, 1).encode(values))
save("zstd.bin", Zstd(3).encode(raw))
save("zstd-checksum.bin", Zstd(3, checksum=True).encode(raw))
save("gzip.bin", gzip.compress(raw, 5, mtime=0))

# c-blosc splits blocks of zstd only in versions no longer in use: put together from its parts.
block, typesize = 4096, 4
zstd = Zstd(3)
starts, body = [], b""
blocks = [raw[at : at + block] for at in range(0, len(raw), block)]
header = 16 + 4 * len(blocks)
for part in blocks:
    starts.append(header + len(body))
    count = len(part) // typesize
    shuffled = np.frombuffer(part, "u1")[: count * typesize].reshape(count, typesize).T.tobytes()
    pieces = [shuffled[k * count : (k + 1) * count] for k in range(typesize)] if len(part) == block else [shuffled]
    for piece in pieces:
        encoded = bytes(zstd.encode(piece))
        if len(encoded) >= len(piece):
            encoded = piece
        body += struct.pack("<i", len(encoded)) + encoded
frame = struct.pack("<BBBBiii", 2, 1, 0x81, typesize, len(raw), block, header + len(body))
frame += struct.pack(f"<{len(starts)}i", *starts) + body
assert bytes(Blosc().decode(frame)) == raw
save("blosc-zstd-split.bin", frame)
