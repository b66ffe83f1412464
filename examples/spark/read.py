"""Reads documents: a folder of files, or a table of texts, becomes Parquet with a record for each.

    spark-submit read.py DOCUMENTS RECORDS [--program policygraph] [--partitions N]

DOCUMENTS is a folder of files of any format, or with --table a table with the columns `key` and `text`, or
`key`, `content` (bytes) and, optionally, `name`: Parquet, or lines of JSON if its name ends in .json or .jsonl.

RECORDS has the columns key, record (JSON, docs/record.md), error (kind, message, line), version and lexicon:
a document that cannot be read has an error and no record. The same folder, or the same table with --partitions,
gives the same bytes, part file by part file, with any number of executors of one release of Spark.
"""

import argparse
import os
import posixpath
import re

import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import worker

RECORDS = pa.schema(
    [
        ("key", pa.string()),
        ("record", pa.string()),
        ("error", worker.ERROR),
        ("version", pa.string()),
        ("lexicon", pa.string()),
    ]
)

# Spark does not open a larger file. It holds a few copies of a document, and the worker refuses more than 64 MiB.
MAX_BYTES = 48_000_000

# Endings of documents, those that the library reads and those that it refuses with the reason. Other files of
# a folder are passed over.
ENDINGS = (
    "txt md markdown html htm shtml docx ofd pdf doc wps wpt dot docm dotx dotm rtf odt xls xlsx et ppt pptx dps"
    " ceb caj"
).split()

# Bytes of documents for each partition of a folder, and the least number of partitions.
PARTITION_BYTES = 32 * 1024 * 1024
PARTITIONS = 16

# Rows of a batch between Spark and Python: 10,000, Spark's own setting, are 140 MB of documents.
BATCH = "spark.sql.execution.arrow.maxRecordsPerBatch"
BATCH_ROWS = 500

COLUMNS = ("key", "name", "text", "content", "length")


def read(documents, partitions=None, program=worker.PROGRAM):
    """Returns the records of documents (COLUMNS), sorted by key in each partition.

    partitions   number of partitions, by key. None keeps those of `documents`, and shuffles nothing
    """
    documents.sparkSession.conf.set(BATCH, BATCH_ROWS)
    if partitions:
        documents = documents.repartition(partitions, "key")
    # All columns, so that documents that have one key have one order.
    documents = documents.sortWithinPartitions(*COLUMNS)
    return worker.stream(documents, "read", RECORDS, program)


def folder(spark, path):
    """Returns the documents of a folder and its subfolders. The key is the path below the folder.

    Spark passes over names that begin with `.` or `_`, and over empty files.
    """
    if re.search(r"[*?{}\[\]]", path):
        raise SystemExit(f"{path}: a pattern, of which the keys would not be known; give one folder")
    if not re.match("/|[A-Za-z][A-Za-z0-9+.-]*:", path):
        path = os.path.abspath(path)
    without_scheme = "^[A-Za-z][A-Za-z0-9+.-]*:(//[^/]*)?"
    root = posixpath.normpath("/" + re.sub(without_scheme, "", path).lstrip("/"))
    below = F.regexp_replace("path", without_scheme, "").substr(len(root.rstrip("/")) + 2, 1 << 20)
    files = spark.read.format("binaryFile").option("recursiveFileLookup", True).load(path)
    files = files.where(F.lower(F.regexp_extract(below, r"\.([^./]*)$", 1)).isin(ENDINGS))
    none = F.lit(None)
    columns = [below.alias("key"), below.alias("name"), none.cast("string").alias("text")]
    # Spark does not open a file if no column needs its content.
    small = files.where(F.col("length") <= MAX_BYTES).select(*columns, "content", "length")
    large = files.where(F.col("length") > MAX_BYTES)
    large = large.select(*columns, none.cast("binary").alias("content"), "length")
    return small.unionByName(large)


def table(spark, path):
    """Returns the documents of a table: key and text, or key, content and, optionally, name."""
    is_json = path.rstrip("/").endswith((".json", ".jsonl"))
    # Types are given, as Spark would read the whole file to find them.
    lines = spark.read.schema("key string, name string, text string, content binary")
    lines = lines.option("maxStringLen", worker.MAX_LINE)
    documents = lines.json(path) if is_json else spark.read.parquet(path)
    if "key" not in documents.columns or not {"text", "content"} & set(documents.columns):
        raise SystemExit(f"{path}: give the columns key and text, or key and content; it has {documents.columns}")
    types = {"key": "string", "name": "string", "text": "string", "content": "binary", "length": "long"}
    have = set(documents.columns) - {"length"}
    return documents.select(
        *((F.col(name) if name in have else F.lit(None)).cast(type).alias(name) for name, type in types.items())
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", help="folder, or table")
    parser.add_argument("records", help="folder of Parquet files to write; it must not exist")
    parser.add_argument("--table", action="store_true", help="DOCUMENTS is a table: Parquet, or lines of JSON")
    parser.add_argument("--partitions", type=int, help="number of part files, by key")
    parser.add_argument("--program", default=worker.PROGRAM, help="policygraph on the executors")
    arguments = parser.parse_args()
    spark = SparkSession.builder.appName("policygraph read").getOrCreate()
    if arguments.table:
        documents, partitions = table(spark, arguments.documents), arguments.partitions
    else:
        documents = folder(spark, arguments.documents)
        bytes_ = documents.agg(F.sum("length")).first()[0] or 0
        partitions = arguments.partitions or max(PARTITIONS, -(-bytes_ // PARTITION_BYTES))
    worker.save(read(documents, partitions, arguments.program), arguments.records)
    spark.stop()


if __name__ == "__main__":
    main()
