"""Parquet of rarer kinds, as pyarrow writes it: python3 make_parquet.py

The files are committed; this tells what is in them.
"""
import base64
import datetime as dt
import os

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe

HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(HERE, name)


def half(*values):
    return pa.array(values, pa.float16())


def kinds():
    """Texts without annotation, numbers of 16 bits, bytes that are no text, UUIDs."""
    table = pa.table({
        "ma": pa.array([b"D1", "Hồ 7".encode(), None], pa.binary()),
        "cap": pa.array([b"01", b"79", b"\x01\x02"], pa.binary(2)),
        "nua": half(7.2, -0.0004, 65504.0),
        "anh": pa.array([b"\x89PNG\r\n\x1a\n", b"\xd0\xcf", b""], pa.binary()),
        "uuid": pa.array([bytes(range(16)), bytes(16), None], pa.uuid()),
    })
    pq.write_table(table, path("loai_la.parquet"), compression="none", store_schema=False)


def old_times():
    """Times of 96 bits, the last of which nanoseconds in 64 bits do not reach."""
    days = [dt.datetime(2026, 1, 1, 7, 30), dt.datetime(1500, 2, 28), dt.datetime(9999, 12, 31, 23, 59, 59)]
    table = pa.table({"luc": pa.array(days, pa.timestamp("us"))})
    pq.write_table(table, path("int96.parquet"), compression="none", store_schema=False,
                   use_deprecated_int96_timestamps=True)


def codecs():
    table = pa.table({"ma": ["D1", "D2"], "nen": ["x" * 100, "y" * 100]})
    pq.write_table(table, path("nen_brotli.parquet"), compression={"ma": "snappy", "nen": "brotli"})


def checksums():
    table = pa.table({"i": pa.array(range(4000), pa.int32())})
    pq.write_table(table, path("tong_kiem_tra.parquet"), compression="none", use_dictionary=False,
                   row_group_size=1000, write_page_checksum=True)


class Kms(pe.KmsClient):
    def __init__(self, _):
        super().__init__()

    def wrap_key(self, key, _):
        return base64.b64encode(key)

    def unwrap_key(self, key, _):
        return base64.b64decode(key)


def encrypted():
    table = pa.table({"ma": ["D1", "D2"], "kin": ["a", "b"]})
    factory = pe.CryptoFactory(Kms)
    for name, plain in (("ma_hoa.parquet", False), ("ma_hoa_cot.parquet", True)):
        config = pe.EncryptionConfiguration(footer_key="k", column_keys={"k": ["kin"]}, plaintext_footer=plain)
        properties = factory.file_encryption_properties(pe.KmsConnectionConfig(), config)
        with pq.ParquetWriter(path(name), table.schema, encryption_properties=properties) as writer:
            writer.write_table(table)


SQUARE = [(105.0, 21.0), (106.0, 21.0), (106.0, 22.0), (105.0, 22.0), (105.0, 21.0)]
HOLE = [(105.2, 21.2), (105.4, 21.2), (105.4, 21.4), (105.2, 21.2)]
SHAPES = {
    "point": (0, (105.5, 21.5)),
    "linestring": (1, SQUARE[:3]),
    "multipoint": (1, SQUARE[:2]),
    "polygon": (2, [SQUARE, HOLE]),
    "multilinestring": (2, [SQUARE[:2], HOLE[:3]]),
    "multipolygon": (3, [[SQUARE, HOLE], [[(x + 2, y) for x, y in SQUARE]]]),
}


def geoarrow():
    """One file a kind, positions separated and interleaved; the second row has none."""
    for kind, (depth, shape) in SHAPES.items():
        for mode in ("xy", "cap"):
            def place(value, level):
                if level:
                    return [place(item, level - 1) for item in value]
                return {"x": value[0], "y": value[1]} if mode == "xy" else list(value)
            ty = pa.struct([("x", pa.float64()), ("y", pa.float64())]) if mode == "xy" else pa.list_(pa.float64(), 2)
            for _ in range(depth):
                ty = pa.list_(ty)
            field = pa.field("hinh", ty, metadata={"ARROW:extension:name": "geoarrow." + kind})
            table = pa.Table.from_arrays(
                [pa.array(["01", "02"]), pa.array([place(shape, depth), None], ty)],
                schema=pa.schema([pa.field("ma", pa.string()), field]))
            pq.write_table(table, path(f"geoarrow_{kind}_{mode}.parquet"))


def plain_wkb():
    """WKB that no metadata speak of."""
    point = bytes.fromhex("0101000000") + __import__("struct").pack("<dd", 105.5, 21.5)
    pq.write_table(pa.table({"ma": ["01", "02"], "wkb": pa.array([point, None], pa.binary())}),
                   path("wkb_tran.parquet"))


def one_name_twice():
    """Columns of one name: of one type, of another one, within a group, and one that has a number of its own."""
    group = pa.StructArray.from_arrays([pa.array([1, 2]), pa.array([3, 4])], names=["a", "a"])
    columns = [pa.array(["D1", "D2"]), pa.array(["D1", "E2"]), pa.array([7.0, 8.0]), pa.array(["x", "y"]), group, pa.array(["r1", "r2"])]
    pq.write_table(pa.Table.from_arrays(columns, names=["ma", "ma", "pH", "pH", "nhom", "ma#2"]), path("trung_cot.parquet"))


if __name__ == "__main__":
    for step in (kinds, old_times, codecs, checksums, encrypted, geoarrow, plain_wkb, one_name_twice):
        step()
