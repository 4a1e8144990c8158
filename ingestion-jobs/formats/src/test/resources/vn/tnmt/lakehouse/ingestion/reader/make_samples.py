"""Makes the sample files beside it with programs other than ours.

pip install pyarrow geopandas pyogrio shapely; needs the zip command of Info-ZIP.
python3 make_samples.py
"""

import datetime
import decimal
import gzip
import io
import json
import os
import sqlite3
import subprocess
import tarfile
import tempfile
import xml.etree.ElementTree as ET
import zipfile

import geopandas
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    file = os.path.join(HERE, name)
    if os.path.exists(file):
        os.remove(file)
    return file


ROWS = [
    {"ma": "D1", "ten": "Hồ Tây", "ph": 7.25, "n": 12345678901234567890, "cu": None,
     "vi_tri": {"lon": 105.82, "lat": 21.05, "cap": {"xa": "Tây Hồ"}}, "nhan": ["a", 1, None]},
    {"ma": "D2", "ten": "dấu \" \\ / \t\n", "ph": 1e-07, "n": -1, "cu": False, "vi_tri": {}, "nhan": []},
    {"ma": "D3", "ten": "", "ph": 1e22, "n": 0, "cu": True, "vi_tri": None, "nhan": None},
]


def make_json():
    with open(path("rows.ndjson"), "w", encoding="utf-8") as out:
        for i, row in enumerate(ROWS):
            out.write(json.dumps(row, ensure_ascii=i == 0) + "\n")
    with open(path("rows.json"), "w", encoding="utf-8") as out:
        json.dump({"status": "ok", "data": {"total": 3, "items": ROWS, "next": None}}, out, ensure_ascii=False, indent=2)


CSV = "id,ten\n1,Hồ Tây\n2,Sông Hồng\n".encode()
NAME = "Hà Nội - Số liệu.csv"


def make_archives():
    with zipfile.ZipFile(path("utf8.zip"), "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("bao cao/" + NAME, CSV)
        out.writestr("bao cao/doc.txt", "x")
        out.writestr("stored.csv", CSV, zipfile.ZIP_STORED)
    with zipfile.ZipFile(path("traversal.zip"), "w") as out:
        out.writestr("../../evil.csv", CSV)
        out.writestr("/etc/evil.csv", CSV)
        out.writestr("C:\\evil.csv", CSV)
        out.writestr("good.csv", CSV)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("in.csv", CSV)
    middle = io.BytesIO()
    with zipfile.ZipFile(middle, "w") as out:
        out.writestr("deeper.zip", inner.getvalue())
        out.writestr("b.csv", CSV)
    with zipfile.ZipFile(path("nested.zip"), "w") as out:
        out.writestr("inner.zip", inner.getvalue())
        out.writestr("middle.zip", middle.getvalue())
        out.writestr("a.csv", CSV)
    with zipfile.ZipFile(path("bomb.zip"), "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("bomb.csv", b"id,ten\n" + b"1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n" * 400_000)
        out.writestr("after.csv", CSV)
    with gzip.GzipFile(path("one.csv.gz"), "wb", mtime=0) as out:
        out.write(CSV)

    with tempfile.TemporaryDirectory() as folder:
        names = {
            "cp1258.zip": "Sông Hồng.csv".replace("ồ", "ô\u0300").encode("cp1258"),
            "tcvn3.zip": b"S\xabng H\xe5ng.csv",
            "cp437.zip": "Trà Vinh cá tôm.csv".encode("cp437"),
        }
        for archive, raw in names.items():
            file = os.path.join(os.fsencode(folder), raw)
            with open(file, "wb") as out:
                out.write(CSV)
            subprocess.run([b"zip", b"-q", b"-X", os.fsencode(path(archive)), raw], cwd=folder, check=True,
                           env={"LC_ALL": "C", "PATH": os.environ["PATH"]})
        with open(os.path.join(folder, "a.csv"), "wb") as out:
            out.write(CSV)
        os.symlink("/etc/passwd", os.path.join(folder, "link.csv"))
        subprocess.run(["zip", "-q", "-X", "-y", path("link.zip"), "a.csv", "link.csv"], cwd=folder, check=True)
        subprocess.run(["zip", "-q", "-X", "-P", "secret", path("locked.zip"), "a.csv"], cwd=folder, check=True)
        # written to a pipe: sizes stand behind the data
        with open(path("piped.zip"), "wb") as out:
            subprocess.run(["zip", "-q", "-X", "-fd", "-", "a.csv"], cwd=folder, check=True, stdout=out,
                           stdin=subprocess.DEVNULL)

    def member(tar, name, kind=tarfile.REGTYPE, link="", data=b""):
        info = tarfile.TarInfo(name)
        info.type, info.linkname, info.size = kind, link, len(data)
        tar.addfile(info, io.BytesIO(data))

    for name, mode in (("mixed.tar", "w"), ("mixed.tar.gz", "w:gz")):
        with tarfile.open(path(name), mode, format=tarfile.PAX_FORMAT) as tar:
            member(tar, "bao cao/" + NAME, data=CSV)
            member(tar, "link.csv", tarfile.SYMTYPE, "/etc/passwd")
            member(tar, "hard.csv", tarfile.LNKTYPE, "bao cao/" + NAME)
            member(tar, "pipe.csv", tarfile.FIFOTYPE)
            member(tar, "../evil.csv", data=CSV)
            member(tar, "last.csv", data=CSV)
    with tarfile.open(path("tcvn3.tar"), "w", format=tarfile.GNU_FORMAT, encoding="latin-1") as tar:
        member(tar, b"S\xabng H\xe5ng.csv".decode("latin-1"), data=CSV)


def make_xml():
    root = ET.Element("DuLieuDatDai", {"xmlns": "http://example.org/vbdlis", "phienBan": "1.0"})
    for i in (1, 2):
        thua = ET.SubElement(root, "DC_ThuaDat", {"id": f"T{i}"})
        for name, text in (("thuaDatId", f"T{i}"), ("maXa", "00001"), ("soHieuToBanDo", "12"), ("soThuTuThua", str(i)),
                           ("dienTich", "120.5"), ("diaChi", "Tổ 1 & 2, phường <Ba Đình>"), ("inSoLieuCu", None)):
            ET.SubElement(thua, name).text = text
        for m in range(1, i + 1):
            muc = ET.SubElement(thua, "DC_MucDichSuDung", {"id": f"M{i}{m}"})
            ET.SubElement(muc, "mucDichSuDungId").text = f"M{i}{m}"
            ET.SubElement(muc, "maMucDichSuDung").text = "ONT" if m == 1 else "CLN"
            ET.SubElement(muc, "dienTich").text = str(100.5 / m)
            for n in ("CNQ-CTT", "DG-KTT")[:m]:
                nguon = ET.SubElement(muc, "DC_NguonGocDat")
                ET.SubElement(nguon, "nguonGoc").text = n
                ET.SubElement(nguon, "dienTich").text = "50"
    tree = ET.ElementTree(root)
    ET.indent(tree)
    tree.write(path("thua_dat.xml"), encoding="UTF-8", xml_declaration=True)
    tree.write(path("thua_dat_utf16.xml"), encoding="UTF-16", xml_declaration=True)


def frame(crs):
    holes = shapely.Polygon([(105, 21), (106, 21), (106, 22), (105, 22)], [[(105.2, 21.2), (105.4, 21.2), (105.4, 21.4)]])
    shapes = [holes, shapely.MultiPolygon([shapely.box(107, 10, 107.5, 10.5), shapely.box(108, 10, 108.5, 10.5)]), None]
    return geopandas.GeoDataFrame(
        {"ma": ["01", "79", "48"], "ten": ["Hà Nội", "TP. Hồ Chí Minh", None], "dien_tich": [3359.84, 1e-7, None],
         "ngay": [datetime.date(2025, 7, 1), datetime.date(1969, 12, 31), None], "dan_so": [9007199254740993, -1, 0]},
        geometry=shapes, crs=crs)


def make_geo():
    data = frame(4326)
    data.to_file(path("tinh.gpkg"), layer="tinh", driver="GPKG")
    points = geopandas.GeoDataFrame({"ma": ["P1"]}, geometry=[shapely.Point(105.5, 21.5, 7)], crs=4326)
    points.to_file(os.path.join(HERE, "tinh.gpkg"), layer="diem", driver="GPKG")
    with sqlite3.connect(os.path.join(HERE, "tinh.gpkg")) as db:
        db.execute("CREATE TABLE ghi_chu (id INTEGER PRIMARY KEY, noi_dung TEXT, anh BLOB, so REAL)")
        db.execute("INSERT INTO ghi_chu VALUES (5, 'Huế', x'00FF', 0.1), (9, NULL, NULL, 1e300)")
        db.execute("INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) VALUES"
                   " ('ghi_chu', 'attributes', 'ghi_chu', '2026-01-01T00:00:00.000Z')")
        db.commit()
        db.execute("VACUUM")
    frame(3405).to_file(path("tinh_vn2000.gpkg"), layer="tinh", driver="GPKG")
    data.to_file(path("tinh.kml"), driver="KML")
    data.to_parquet(path("tinh.parquet"))
    frame(3405).to_parquet(path("tinh_vn2000.parquet"))


def make_parquet():
    table = pa.table({
        "chuoi": pa.array(["Hồ Tây", None, "x"]),
        "so32": pa.array([1, -2147483648, None], pa.int32()),
        "so64": pa.array([9223372036854775807, None, 0], pa.int64()),
        "u64": pa.array([18446744073709551615, 0, None], pa.uint64()),
        "f32": pa.array([0.1, None, 1e10], pa.float32()),
        "f64": pa.array([0.1, float("nan"), None], pa.float64()),
        "thap_phan": pa.array([decimal.Decimal("1234.50"), decimal.Decimal("-0.01"), None], pa.decimal128(20, 2)),
        "ngay": pa.array([datetime.date(2025, 7, 1), datetime.date(1945, 9, 2), None]),
        "luc": pa.array([datetime.datetime(2026, 1, 1, 0, 0, 0, 123456), None, datetime.datetime(1970, 1, 1)],
                        pa.timestamp("us")),
        "luc_utc": pa.array([datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc), None, None],
                            pa.timestamp("ms", tz="UTC")),
        "gio": pa.array([datetime.time(7, 30, 15), None, None], pa.time64("us")),
        "dung": pa.array([True, False, None]),
        "byte": pa.array([b"\x00\xff", b"", None]),
        "danh_sach": pa.array([["a", None], [], None], pa.list_(pa.string())),
        "cau_truc": pa.array([{"x": 1, "y": "Huế"}, {"x": None, "y": None}, None]),
    })
    for codec in ("none", "snappy", "gzip", "zstd", "lz4"):
        pq.write_table(table, path(f"kieu_{codec}.parquet"), compression=codec,
                       data_page_version="2.0" if codec == "zstd" else "1.0", use_dictionary=codec != "gzip")
    many = pa.table({"i": pa.array(range(5000), pa.int32()), "t": pa.array([f"dong {i % 7}" for i in range(5000)])})
    pq.write_table(many, path("nhieu_nhom.parquet"), row_group_size=1024, data_page_size=512, compression="snappy",
                   column_encoding={"i": "DELTA_BINARY_PACKED"}, use_dictionary=["t"])


if __name__ == "__main__":
    for step in (make_json, make_archives, make_xml, make_geo, make_parquet):
        step()
