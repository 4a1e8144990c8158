"""Station files of one publisher: many_feeds.py EXPORTS FEEDS FILES FOLDER_OF_FEEDS (FILES in all)."""
import sys
from pathlib import Path

FEED = """
  - id: f{number:03}
    dataset: monitoring.observation
    transport:
      type: directory
      root: "${{exports}}/one/f{number:03}"
      pattern: "{{station}}/{{yyyy}}/{{MM}}/{{dd}}/{{name}}_{{time:yyyyMMddHHmmss}}.txt"
      lookbackDays: 30
    format: {{type: station-text}}
    conventions: {{timeZone: Asia/Ho_Chi_Minh, decimal: ".", dates: [yyyyMMddHHmmss], encoding: UTF-8}}
    measure: {{symbol: symbol, value: value, unit: unit}}
    mapping:
      station_code: $path.station
      measured_at: time
      observed_on: $row.measured_at
      status: {{from: status, default: "00"}}
    schedule: {{everyDays: 1, latenessDays: 0}}"""
STEPS = 288  # five minutes


def main(exports, feeds, files, folder):
    Path(folder).mkdir(parents=True, exist_ok=True)
    head = "apiVersion: tnmt.vn/v1\nkind: Feeds\npublisher: {id: one, nameVi: Một đơn vị, nameEn: One body}\nfeeds:"
    Path(folder, "feeds.yaml").write_text(head + "".join(FEED.format(number=n) for n in range(feeds)) + "\n")
    each = files // feeds
    for feed in range(feeds):
        for at in range(each):
            station, step = f"01{feed:03}{at // STEPS:03}", at % STEPS
            day = Path(exports, "one", f"f{feed:03}", station, "2026/03/14")
            if step == 0:
                day.mkdir(parents=True, exist_ok=True)
            time = f"20260314{step // 12:02}{step % 12 * 5:02}00"
            text = "".join(f"{time}\tPM{i}\t{step}.{i}\tug/Nm3\t{time}\t00\n" for i in range(8))
            (day / f"HN_{station}_{time}.txt").write_text(text)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
