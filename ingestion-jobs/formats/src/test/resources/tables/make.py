"""Makes the workbooks, dBase tables and Shapefiles of the reader tests, with other programs'
libraries: pip install openpyxl xlsxwriter xlwt pyshp dbf
msoffcrypto-tool. Run in this folder.
matkhau.xls, whose password is "secret", is by Apache POI's HSSFWorkbook (Biff8EncryptionKey)."""
import datetime as dt
import io
import os
import subprocess
import zipfile

import dbf
import msoffcrypto.format.ooxml
import openpyxl
import shapefile
import xlsxwriter
import xlwt

HERE = os.path.dirname(os.path.abspath(__file__))
os.chdir(HERE)


def xlsxwriter_book():
    """Merged header of two rows at row 3, totals, footer, hidden sheet, formulas, errors."""
    book = xlsxwriter.Workbook("lab.xlsx")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    time = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    clock = book.add_format({"num_format": "hh:mm"})
    span = book.add_format({"num_format": "[h]:mm"})
    words = book.add_format({"num_format": '"ngày" dd "tháng" mm "năm" yyyy'})
    money = book.add_format({"num_format": '#,##0.00 "đ"'})
    s = book.add_worksheet("Kết quả")
    s.merge_range("A1:H1", "BÁO CÁO KẾT QUẢ QUAN TRẮC")
    s.merge_range("A3:A4", "Mã điểm")
    s.merge_range("B3:C3", "Thời gian")
    s.write("B4", "Ngày")
    s.write("C4", "Giờ đo")
    s.merge_range("D3:F3", "Thông số")
    s.write("D4", "pH")
    s.write("E4", "As\n(mg/L)")
    s.write("F4", "Tổng")
    s.merge_range("G3:G4", "Ghi chú")
    s.write_string("A5", "007")
    s.write_datetime("B5", dt.datetime(2026, 1, 31), day)
    s.write_datetime("C5", dt.datetime(2026, 1, 31, 7, 30), time)
    s.write_number("D5", 7.1)
    s.write_string("E5", "<0.01")
    s.write_formula("F5", "=D5*2", None, 14.2)
    s.write("G5", "Hồ Tây")
    s.write_number("A6", 12345678)
    s.write_datetime("B6", dt.datetime(1900, 2, 28), words)
    s.write_datetime("C6", dt.time(13, 45), clock)
    s.write_number("D6", 0.1 + 0.2)
    s.write_number("E6", 1e-7)
    s.write_formula("F6", "=1/0", None, "#DIV/0!")
    s.write_boolean("G6", True)
    s.write_number("A8", 123456789012345)
    s.write_datetime("B8", dt.timedelta(hours=36, minutes=30), span)
    s.write_number("D8", 1234567.5, money)
    s.write_number("E8", 1e21)
    s.write_formula("H8", '="a"&"b"', None, "ab")
    s.write("A9", "Tổng cộng")
    s.write("D9", 99)
    s.write("A10", "008")
    s.write("D10", -5)
    s.write("E12", "Hà Nội, ngày 5 tháng 1 năm 2026")
    s.write("E13", "Người lập biểu")
    s.write("A14", "008")
    h = book.add_worksheet("Ẩn")
    h.write("A1", "Mã điểm")
    h.write("A2", "X")
    h.hide()
    t = book.add_worksheet("Tháng 2")
    t.write("A1", "Mã điểm")
    t.write("B1", "pH")
    t.write("A2", "009")
    t.write("B2", 6)
    book.close()

    book = xlsxwriter.Workbook("1904.xlsx", {"date_1904": True})
    s = book.add_worksheet()
    s.write("A1", "d")
    s.write_datetime("A2", dt.datetime(2026, 1, 31), book.add_format({"num_format": 14}))
    s.write_datetime("A3", dt.datetime(2026, 1, 31, 23, 59, 59), book.add_format({"num_format": 22}))
    book.close()


def openpyxl_book():
    book = openpyxl.Workbook()
    s = book.active
    s.title = "S"
    s.append(["a", "b", "b"])
    s.append(["Đất\nnông nghiệp", 0.3, dt.date(2024, 2, 29)])
    s.append([None, None, None])
    s.append(["=A2", 1234567890123456, "#N/A"])
    s.append(["  x ", 105.84171234567891, "31/1/2026"])
    for r in range(6, 40):
        for c in range(1, 4):
            s.cell(r, c).font = openpyxl.styles.Font(bold=True)
    book.save("openpyxl.xlsx")


def encrypted_book():
    with open("1904.xlsx", "rb") as plain, open("matkhau.xlsx", "wb") as out:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", out)


def xls_book():
    book = xlwt.Workbook(encoding="utf-8")
    s = book.add_sheet("Kết quả")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    time = xlwt.easyxf(num_format_str="DD/MM/YYYY HH:MM:SS")
    s.write(0, 0, "Tiêu đề")
    for c, name in enumerate(["ma", "ngay", "luc", "so", "chu", "co", "loi", "tinh"]):
        s.write(2, c, name)
    s.write(3, 0, "007")
    s.write(3, 1, dt.date(2026, 1, 31), day)
    s.write(3, 2, dt.datetime(2026, 1, 31, 7, 30, 15), time)
    s.write(3, 3, 0.1 + 0.2)
    s.write(3, 4, "Đường Hồ Tùng Mậu")
    s.write(3, 5, True)
    s.row(3).set_cell_error(6, 0x2A)
    s.write(3, 7, xlwt.Formula("1+1"))
    s.write(5, 0, 1)
    s.write(5, 3, 10000000)
    h = book.add_sheet("Ẩn")
    h.write(0, 0, "ma")
    h.visibility = 1
    t = book.add_sheet("Khác")
    t.write(0, 0, "ma")
    t.write(1, 0, "T")
    book.save("bieu.xls")


def dbf_tables():
    for old in ("vfp.dbf", "vfp.fpt", "db3.dbf", "db3.dbt"):
        if os.path.exists(old):
            os.remove(old)
    t = dbf.Table(
        "db3.dbf",
        "MA C(10); DIEN_TICH N(12,3); NGAY D; CO L; GHI_CHU M",
        dbf_type="db3",
        codepage="ascii",
    )
    t.open(dbf.READ_WRITE)
    t.append(("A1", 12.5, dt.date(2026, 1, 31), True, "first memo"))
    t.append(("A2", None, None, None, ""))
    t.append(("A3", -3, dt.date(1999, 12, 31), False, "x" * 1200))
    with t[1] as record:
        pass
    dbf.delete(t[1])
    t.close()
    t = dbf.Table(
        "vfp.dbf",
        "MA C(8); SO I; THUC B; TIEN Y; LUC T; GHI M",
        dbf_type="vfp",
        codepage="cp1252",
    )
    t.open(dbf.READ_WRITE)
    t.append(("V1", -7, 3.25, 1234.5678, dt.datetime(2026, 1, 31, 7, 30, 15), "ghi ch\xfa"))
    t.append(("V2", 2147483646, 1e-3, -0.0001, None, ""))
    t.close()


def layer(stem, shape_type, encoding="utf-8"):
    parts = {k: io.BytesIO() for k in ("shp", "shx", "dbf")}
    writer = shapefile.Writer(shapeType=shape_type, encoding=encoding, **parts)
    return writer, parts


WGS84 = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)
VN2000 = (
    'PROJCS["VN_2000_UTM_Zone_48N",GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",SPHEROID["WGS_1984",'
    '6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Transverse_Mercator"],UNIT["Meter",1.0]]'
)


def put(z, name, data):
    """Without times, so that the same script makes the same file."""
    info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    z.writestr(info, data)


def shapefiles():
    w, polygons = layer("thua", shapefile.POLYGON)
    w.field("MA", "C", 10)
    w.field("TEN", "C", 20)
    w.field("DT", "N", 12, 2)
    outer = [[105, 20], [105, 21], [106, 21], [106, 20], [105, 20]]
    hole = [[105.2, 20.2], [105.4, 20.2], [105.4, 20.4], [105.2, 20.4], [105.2, 20.2]]
    island = [[107, 20], [107, 21], [108, 21], [108, 20], [107, 20]]
    w.poly([outer])
    w.record("T1", "Hồ Tây", 1.5)
    w.poly([outer, hole])
    w.record("T2", "Có lỗ", 2)
    w.poly([outer, island, hole])
    w.record("T3", "Hai mảnh", None)
    w.null()
    w.record("T4", "Trống", 0)
    w.close()
    with zipfile.ZipFile("thua.zip", "w") as z:
        put(z, "dữ liệu/thua.shp", polygons["shp"].getvalue())
        put(z, "dữ liệu/thua.shx", polygons["shx"].getvalue())
        put(z, "dữ liệu/THUA.DBF", polygons["dbf"].getvalue())
        put(z, "dữ liệu/thua.prj", WGS84)
        put(z, "dữ liệu/thua.cpg", "UTF-8")

    w, points = layer("diem", shapefile.POINTZ)
    w.field("MA", "C", 10)
    w.pointz(105.5, 21.25, 12.5, 3)
    w.record("P1")
    w.close()
    w, lines = layer("tuyen", shapefile.POLYLINE)
    w.field("MA", "C", 10)
    w.line([[[105, 20], [106, 21]]])
    w.record("L1")
    w.line([[[105, 20], [106, 21]], [[107, 20], [108, 21], [109, 20]]])
    w.record("L2")
    w.close()
    w, many = layer("nhieu", shapefile.MULTIPOINT)
    w.field("MA", "C", 10)
    w.multipoint([[105, 20], [106, 21]])
    w.record("M1")
    w.close()
    with zipfile.ZipFile("lop.zip", "w") as z:
        for name, parts in (("diem", points), ("tuyen", lines), ("nhieu", many)):
            for ext in parts:
                put(z, f"{name}.{ext}", parts[ext].getvalue())
            put(z, f"{name}.prj", VN2000 if name == "tuyen" else WGS84)


def abc(text):
    """Text typed in an ABC font: the bytes of TCVN3, shown by Windows-1252."""
    iconv = subprocess.run(["iconv", "-f", "UTF-8", "-t", "TCVN"], input=text.encode(), capture_output=True, check=True)
    return iconv.stdout.decode("cp1252")


def abc_book():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "So lieu"
    day = dt.date(2025, 3, 14)
    sheet.append([abc("Kết quả phân tích mẫu nước mặt")])
    sheet.append([])
    sheet.append([abc(name) for name in ("Điểm lấy mẫu", "Ngày lấy mẫu", "Kinh độ", "Vĩ độ", "pH", "Ôxy hòa tan (mg/l)")])
    sheet.append([abc("Cầu Đuống"), day, 105.9133, 21.0791, 7.2, 5.81])
    sheet.append([abc("Hồ Tây, bờ phía đông"), day, 105.8261, 21.0583, 8.1, "KPH"])
    book.save("abc.xlsx")


if __name__ == "__main__":
    xlsxwriter_book()
    openpyxl_book()
    abc_book()
    if not os.path.exists("matkhau.xlsx"):  # every run encrypts differently
        encrypted_book()
    xls_book()
    dbf_tables()
    shapefiles()
