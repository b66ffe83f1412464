"""Makes the graph of records: node and edge tables as Parquet, one folder for each table.

    spark-submit graph.py RECORDS TABLES [--program policygraph] [--threads N]

RECORDS is what read.py wrote, or lines of JSON that `policygraph read` wrote if its name ends in .json or .jsonl.
TABLES has the rows of `policygraph export --to parquet --keep-duplicates`, in any order (docs/export.md). Documents
without a record, which could not be read, are left out. Keys must differ. After a failure, delete TABLES and run
again.

Citations are resolved to policies across all documents in three steps on groups of names, not of documents:
names with one number, then names with one title, then the names of one policy. TABLES/_staging has what is
between the steps; it can be deleted afterwards.
"""

import argparse
import json
from concurrent.futures import ThreadPoolExecutor
from functools import reduce

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

import worker

TEXT = pa.string()
TEXTS = pa.list_(pa.string())

FORMS = pa.schema([("document", TEXT), ("name", TEXT), ("group", TEXT), ("head", TEXT), ("form", TEXT)])
CLUSTERED = pa.schema([("cluster", TEXT), ("form", TEXT)])
# Either a cluster and a form, or title words and an entry.
NUMBERED = pa.schema([("cluster", TEXT), ("form", TEXT), ("words", TEXT), ("entry", TEXT), ("open", pa.bool_())])
POLICIES = pa.schema([("policy", TEXT), ("reference", TEXT), ("names", TEXTS)])
ROWS = pa.schema([("table", TEXT), ("shared", pa.bool_()), ("row", TEXT)])
SCHEMA = pa.schema([("lexicon", TEXT), ("table", TEXT), ("columns", TEXT)])

TYPES = {
    "text": T.StringType(),
    "integer": T.LongType(),
    "number": T.DoubleType(),
    "boolean": T.BooleanType(),
    "date": T.DateType(),
    "list": T.ArrayType(T.StringType()),
}


def graph(records, tables, program=worker.PROGRAM, threads=4):
    """Writes the tables of records (key, record, lexicon) to folders of `tables`.

    threads   number of tables that are written at one time
    """
    spark = records.sparkSession
    # Rows of a batch between Spark and Python: Spark's own setting, 10,000, is 360 MB of records.
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 500)
    worker.check_keys(records)
    lexicon, columns_of = schema(spark, program)
    # A worker with other vocabularies refuses every line.
    records = records.withColumn("lexicon", F.coalesce("lexicon", F.lit(lexicon)))
    staged = Staging(spark, tables + "/_staging")
    forms = staged("forms", forms_of(records, program).unionByName(outlines(spark, lexicon, program)))
    policies = staged("policies", resolve(forms, lexicon, program))
    rows = staged("rows", rows_of(records, forms, policies, lexicon, program), "table", "shared")
    parts = {tuple(part) for part in rows.select("table", "shared").distinct().collect()}

    def write(table):
        name, columns = table
        # Rows of documents are in one process each; those that processes share are taken once.
        own = rows.where((F.col("table") == name) & ~F.col("shared")).select("row")
        shared = rows.where((F.col("table") == name) & F.col("shared")).select("row").distinct()
        have = [frame for frame, is_shared in ((own, False), (shared, True)) if (name, is_shared) in parts]
        options = {"mode": "FAILFAST", "maxStringLen": str(worker.MAX_LINE)}
        row = F.from_json("row", columns, options).alias("row")
        frame = reduce(DataFrame.unionByName, have) if have else spark.createDataFrame([], "row string")
        frame.select(row).select("row.*").write.parquet(f"{tables}/{name}")

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(write, columns_of))


class Staging:
    """A folder of frames that are used more than once: they are written, and read again."""

    def __init__(self, spark, folder):
        self.spark, self.folder = spark, folder

    def __call__(self, name, frame, *partitions):
        path = f"{self.folder}/{name}"
        frame.write.option("compression", "zstd").partitionBy(*partitions).parquet(path)
        return self.spark.read.schema(frame.schema).parquet(path)


def forms_of(records, program):
    """Returns the names that documents print of policies, and their own (FORMS)."""

    def question(batch):
        for key, record in worker.record_lines(batch):
            yield key, record + b"}"

    return worker.step(records, "forms", FORMS, question, forms_answer, program)


def outlines(spark, lexicon, program):
    """Returns the names of the policies whose articles the vocabularies list."""

    def question(batch):
        for _ in range(batch.num_rows):
            yield None, worker.line({"lexicon": lexicon, "outlines": True})

    return worker.step(spark.range(1), "forms", FORMS, question, forms_answer, program)


def forms_answer(key, line):
    for form in worker.parsed(line)["forms"]:
        yield key, form["name"], form["group"], form["head"], form["form"]


def resolve(forms, lexicon, program):
    """Returns the policies of all forms, each with its names (POLICIES)."""
    # Each form once. Of the heads of documents that have one name, the first document is enough.
    cited = F.when(F.col("head").isNull(), F.col("form"))
    first = F.min(F.struct("head", "form"))["form"].alias("form")
    distinct = forms.groupBy("group", "name", cited.alias("cited")).agg(first)

    def step(frame, name, key, value, values, answered, answer):
        groups = frame.groupBy(F.col(key).alias("key")).agg(F.sort_array(F.collect_list(value)).alias("values"))
        return worker.step(groups, name, answered, group(key, values, lexicon), answer, program)

    numbered = step(distinct, "numbers", "group", "form", "forms", NUMBERED, numbers_answer)
    entries = numbered.where(F.col("words").isNotNull())
    # Words of numbered policies alone have nothing to resolve, and can be those of very many.
    open_words = entries.where("open").select("words").distinct()
    entries = entries.join(open_words, "words", "left_semi")
    titled = step(entries, "titles", "words", "entry", "entries", CLUSTERED, titles_answer)
    clustered = numbered.where(F.col("cluster").isNotNull()).select("cluster", "form").unionByName(titled)
    return step(clustered, "policies", "cluster", "form", "forms", POLICIES, policies_answer)


def group(key, values, lexicon):
    """Returns the function that asks about groups: a line of the key and the values, which are JSON."""

    def question(batch):
        for name, entries in zip(batch.column("key"), batch.column("values")):
            head = worker.line({"lexicon": lexicon, key: name.as_py()})[:-1]
            yield None, b"".join((head, b',"', values.encode(), b'":[', ",".join(entries.as_py()).encode(), b"]}"))

    return question


def numbers_answer(_, line):
    answer = worker.parsed(line)
    for form in answer["clustered"]:
        yield form["cluster"], form["form"], None, None, None
    for entry in answer["titled"]:
        yield None, None, entry["words"], entry["entry"], entry["open"]


def titles_answer(_, line):
    for form in worker.parsed(line)["clustered"]:
        yield form["cluster"], form["form"]


def policies_answer(_, line):
    answer = worker.parsed(line)
    if answer["policy"]:
        yield answer["policy"], answer["reference"], answer["names"]


def rows_of(records, forms, policies, lexicon, program):
    """Returns the rows of all tables (ROWS). A shared row can occur more than once."""
    named = policies.select("reference", F.explode("names").alias("name"))
    pair = F.concat(F.lit("["), "name", F.lit(","), "reference", F.lit("]"))
    pairs = forms.where(F.col("document").isNotNull()).select("document", "name").join(named, "name")
    given = pairs.groupBy("document").agg(F.array_join(F.collect_set(pair), ",").alias("policies"))
    documents = records.join(given, records["key"] == given["document"], "left")
    documents = documents.select("key", "record", "lexicon", "policies")

    def documents_question(batch):
        for (_, record), policies in zip(worker.record_lines(batch), batch.column("policies")):
            yield None, b"".join((record, b',"policies":[', (policies.as_py() or "").encode(), b"]}"))

    def policies_question(batch):
        for policy in batch.column("policy"):
            head = worker.line({"lexicon": lexicon})[:-1]
            yield None, b"".join((head, b',"policy":', policy.as_buffer().to_pybytes(), b"}"))

    def step(frame, question):
        return worker.step(frame, "rows", ROWS, question, rows_answer, program, one_each=False)

    return step(documents, documents_question).unionByName(step(policies.select("policy"), policies_question))


def rows_answer(_, line):
    answer = worker.parsed(line)
    for row in answer["rows"]:
        yield answer["table"], answer["shared"], row


def schema(spark, program):
    """Returns the lexicon of a worker, and the name of each table with the type of its columns."""

    def question(batch):
        for _ in range(batch.num_rows):
            yield None, b"{}"

    def answer(_, line):
        fields = worker.parsed(line)
        for table in fields["tables"]:
            yield fields["lexicon"], table["name"], json.dumps(table["columns"])

    def columns(described):
        return T.StructType([T.StructField(of["name"], TYPES[of["kind"]]) for of in json.loads(described)])

    tables = worker.step(spark.range(1), "schema", SCHEMA, question, answer, program).collect()
    return tables[0].lexicon, [(of.table, columns(of.columns)) for of in tables]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("records", help="records: Parquet, or lines of JSON")
    parser.add_argument("tables", help="folder to write; its tables must not exist")
    parser.add_argument("--program", default=worker.PROGRAM, help="policygraph on the executors")
    parser.add_argument("--threads", type=int, default=4, help="tables that are written at one time")
    arguments = parser.parse_args()
    spark = SparkSession.builder.appName("policygraph graph").getOrCreate()
    graph(worker.records(spark, arguments.records), arguments.tables, arguments.program, arguments.threads)
    spark.stop()


if __name__ == "__main__":
    main()
