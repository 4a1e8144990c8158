#!/usr/bin/env python3
"""Makes iconv.csv beside this file: Vietnamese text as glibc's iconv writes it (TCVN, VISCII, CP1258),
and UTF-8 taken for Windows-1252 and encoded again, as Python does it. Run by hand; the result is committed."""
import pathlib
import subprocess
import unicodedata

TEXTS = [
    "Trạm quan trắc nước mặt sông Hồng, tỉnh Phú Thọ",
    "Sở Nông nghiệp và Môi trường thành phố Đà Nẵng",
    "Điểm lấy mẫu tại cầu Nhật Tân, xã Đông Anh",
    "Kết quả phân tích vượt giới hạn cho phép",
    "nghiêng ngả khuya khoắt quạnh quẽ rưỡi thuở giếng",
    "Ươm giống, ếch, Ăn, Âm, Ô, Ơ, Đo",
]
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
SMALL = [unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in TONES] + ["đ"]


def iconv(text, to):
    return subprocess.run(["iconv", "-f", "UTF-8", "-t", to], input=text.encode(), check=True, capture_output=True).stdout


def rows():
    for text in TEXTS + ["".join(SMALL)]:
        for label, name in (("TCVN3", "TCVN"), ("VISCII", "VISCII"), ("Windows-1258", "CP1258")):
            yield label, iconv(text, name).hex(), text
        if text in TEXTS:
            try:
                twice = text.encode().decode("cp1252")
            except UnicodeDecodeError:
                continue
            yield "UTF-8 x 2", twice.encode().hex(), text
    capitals = "".join(SMALL).upper()
    for label, name in (("VISCII", "VISCII"), ("Windows-1258", "CP1258")):
        yield label, iconv(capitals, name).hex(), capitals


out = pathlib.Path(__file__).with_name("iconv.csv")
out.write_text("encoding,hex,text\n" + "".join(f'{e},{h},"{t}"\n' for e, h, t in rows()), encoding="utf-8")
