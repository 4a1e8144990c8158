#!/usr/bin/env python3
"""What a night makes of bulk_csv.py's file, as an analyst would write it with DuckDB: records melted, judged, compared by key; accepted and
refused ones as Parquet. Prints seconds and counts.

  night_duckdb.py FILE PARAMETERS_CSV FOLDER
"""
import sys
import time

import duckdb

NAMES = {"nhiet_do": "water_temp", "N_NH4": "NH4_N", "N_NO3": "NO3_N", "N_NO2": "NO2_N", "P_PO4": "PO4_P"}
source, parameters, folder = sys.argv[1:4]
begin = time.monotonic()
db = duckdb.connect()
db.execute("set threads = 2; set memory_limit = '3GB'; set preserve_insertion_order = true")
header = open(source, encoding="utf-8").readline().strip().split(",")
melted = header[5:]
names = ", ".join(f"('{column}', '{NAMES.get(column, column)}')" for column in melted)
db.execute(f"create table names as select * from (values {names}) t(col, parameter)")
db.execute(f"create table ranges as select parameter, unit, hard_min, hard_max from read_csv('{parameters}', all_varchar = true)")
db.execute(f"""
create table judged as
with lines as (select row_number() over () + 1 as line, * from read_csv('{source}', all_varchar = true, header = true)),
cells as (unpivot lines on {', '.join(f'"{c}"' for c in melted)} into name col value text)
select line, ma_diem as sample_point, try_strptime(ngay_lay_mau, '%-d/%-m/%Y')::date as sampled_on, parameter, try_cast(text as double) as value, text,
  unit, try_cast(kinh_do as double) as lon, try_cast(vi_do as double) as lat, try_cast(cao_do as double) as elevation_m,
  case when try_cast(text as double) is null then 'number'
       when try_cast(text as double) not between coalesce(try_cast(hard_min as double), -1e300) and coalesce(try_cast(hard_max as double), 1e300) then 'range'
       when try_strptime(ngay_lay_mau, '%-d/%-m/%Y') is null then 'date'
       when try_cast(kinh_do as double) not between 102.1 and 117.9 or try_cast(vi_do as double) not between 6.5 and 23.5 then 'place' end as broken
from cells join names using (col) left join ranges using (parameter)""")
db.execute("""
create table settled as
select *, case when broken is not null then 'quarantined' when lowest <> highest then 'quarantined' when number > 1 then 'duplicate' else 'accepted' end as outcome
from (select *, count(*) filter (broken is null) over same as n, min(value) filter (broken is null) over same as lowest,
        max(value) filter (broken is null) over same as highest,
        row_number() over (partition by sample_point, sampled_on, parameter, broken is null order by line) as number
      from judged window same as (partition by sample_point, sampled_on, parameter))""")
db.execute(f"""copy (select sample_point, sampled_on, parameter, value, '=' as qualifier, unit, lon, lat, elevation_m, line from settled where outcome = 'accepted')
  to '{folder}/accepted.parquet' (format parquet, compression zstd)""")
db.execute(f"copy (select * from settled where outcome = 'quarantined') to '{folder}/refused.parquet' (format parquet, compression zstd)")
counts = dict(db.execute("select outcome, count(*) from settled group by 1").fetchall())
print(f"{time.monotonic() - begin:.1f} s", counts)
