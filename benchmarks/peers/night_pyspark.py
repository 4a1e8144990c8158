#!/usr/bin/env python3
"""What a night makes of bulk_csv.py's file, as an engineer would write it with PySpark and leave untuned. Prints seconds and counts.

  night_pyspark.py FILE PARAMETERS_CSV FOLDER
"""
import sys
import time

from pyspark.sql import SparkSession, Window
from pyspark.sql import functions as f

NAMES = {"nhiet_do": "water_temp", "N_NH4": "NH4_N", "N_NO3": "NO3_N", "N_NO2": "NO2_N", "P_PO4": "PO4_P"}
source, parameters, folder = sys.argv[1:4]
begin = time.monotonic()
spark = SparkSession.builder.master("local[2]").config("spark.driver.memory", "3g").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
header = open(source, encoding="utf-8").readline().strip().split(",")
lines = spark.read.option("header", True).csv(source).withColumn("line", f.monotonically_increasing_id())
melted = lines.unpivot(["line", *header[:5]], header[5:], "column", "text")
parameter = f.col("column")
for column, name in NAMES.items():
    parameter = f.when(f.col("column") == column, f.lit(name)).otherwise(parameter)
ranges = spark.read.option("header", True).csv(parameters).select("parameter", "unit", "hard_min", "hard_max")
judged = (
    melted.withColumn("parameter", parameter)
    .join(ranges, "parameter", "left")
    .withColumn("value", f.col("text").try_cast("double"))
    .withColumn("sampled_on", f.try_to_timestamp("ngay_lay_mau", f.lit("d/M/yyyy")).cast("date"))
    .withColumn("lon", f.col("kinh_do").try_cast("double"))
    .withColumn("lat", f.col("vi_do").try_cast("double"))
    .withColumn(
        "broken",
        f.when(f.col("value").isNull(), "number")
        .when((f.col("value") < f.col("hard_min").try_cast("double")) | (f.col("value") > f.col("hard_max").try_cast("double")), "range")
        .when(f.col("sampled_on").isNull(), "date")
        .when(~f.col("lon").between(102.1, 117.9) | ~f.col("lat").between(6.5, 23.5), "place"),
    )
)
key = [f.col("ma_diem"), f.col("sampled_on"), f.col("parameter"), f.col("broken").isNull()]
same = Window.partitionBy(*key)
settled = (
    judged.withColumn("lowest", f.min("value").over(same))
    .withColumn("highest", f.max("value").over(same))
    .withColumn("number", f.row_number().over(same.orderBy("line")))
    .withColumn(
        "outcome",
        f.when(f.col("broken").isNotNull(), "quarantined")
        .when(f.col("lowest") != f.col("highest"), "quarantined")
        .when(f.col("number") > 1, "duplicate")
        .otherwise("accepted"),
    )
    .cache()
)
settled.where("outcome = 'accepted'").selectExpr(
    "ma_diem as sample_point", "sampled_on", "parameter", "value", "'=' as qualifier", "unit", "lon", "lat", "double(cao_do) as elevation_m", "line"
).write.option("compression", "zstd").parquet(f"{folder}/accepted")
settled.where("outcome = 'quarantined'").write.option("compression", "zstd").parquet(f"{folder}/refused")
print(f"{time.monotonic() - begin:.1f} s", {row[0]: row[1] for row in settled.groupBy("outcome").count().collect()})
