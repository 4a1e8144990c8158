#!/usr/bin/env python3
"""Writes one wide CSV of surface water samples as a province sends it, 12 parameters a line, with planted flaws.

  bulk_csv.py FILE [LINES] [--corrected PERCENT]

A line in 1,000 has a text for pH and one in 2,000 a pH of 20 (both are refused, that cell only), one in 2,000 stands twice (a
duplicate), one in 5,000 stands twice with another BOD5 (both of that parameter are refused). With --corrected only so many per cent
of the lines are written, without flaws and with another COD: what a publisher sends to correct the whole file.
"""
import argparse
import datetime
import random

PARAMETERS = ["pH", "DO", "nhiet_do", "BOD5", "COD", "TOC", "N_NH4", "N_NO3", "N_NO2", "P_PO4", "Coliform", "E_coli"]
HEADER = "ma_diem,kinh_do,vi_do,cao_do,ngay_lay_mau," + ",".join(PARAMETERS)
FIRST = datetime.date(2025, 3, 14)
DAYS = 365


def line(number, points, random):
    day = FIRST + datetime.timedelta(days=number // points)
    point = number % points
    date = f"{day.day}/{day.month}/{day.year}"
    place = f"79M{point:05d},{106.4 + point % 60 / 100:.4f},{10.6 + point // 60 % 60 / 100:.4f},{point % 90}"
    bod = 2 + 14 * random.random()
    return [
        place,
        date,
        f"{6.2 + 2 * random.random():.2f}",
        f"{3 + 5 * random.random():.2f}",
        f"{24 + 8 * random.random():.1f}",
        f"{bod:.1f}",
        f"{2.2 * bod:.1f}",
        f"{0.8 * bod:.2f}",
        f"{0.9 * random.random():.3f}",
        f"{5 * random.random():.2f}",
        f"{0.04 * random.random():.3f}",
        f"{0.3 * random.random():.3f}",
        f"{random.randrange(200, 7000)}",
        f"{random.randrange(5, 90)}",
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("lines", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--corrected", type=float, default=0)
    options = parser.parse_args()
    points = -(-options.lines // DAYS)
    rng = random.Random(12)
    with open(options.file, "w", encoding="utf-8", newline="\n") as out:
        out.write(HEADER + "\n")
        for number in range(options.lines):
            cells = line(number, points, rng)
            if options.corrected:
                if number % 10_000 < 100 * options.corrected:
                    cells[6] = "99.9"
                    out.write(",".join(cells) + "\n")
                continue
            if number % 1000 == 17:
                cells[2] = "hỏng"
            if number % 2000 == 1018:
                cells[2] = "20"
            text = ",".join(cells)
            out.write(text + "\n")
            if number % 2000 == 519:
                out.write(text + "\n")
            if number % 5000 == 2520:
                cells[5] = "77.7"
                out.write(",".join(cells) + "\n")


if __name__ == "__main__":
    main()
