"""Finds near-duplicate measures (近似重复): all pairs of a corpus with at least a resemblance, exactly.

    spark-submit neighbours.py RECORDS NEIGHBOURS [--threshold 0.9] [--pairs] [--program policygraph]

RECORDS is what read.py writes, or lines of JSON that `policygraph read` wrote. NEIGHBOURS gets these tables, as Parquet:

groups      measure, document, position, group: each measure with the first one that has an equal set of
            shingles. Measures without shingles resemble nothing and are left out.
neighbours  a, b, resemblance, pairs: groups that resemble each other, and the number of pairs of their measures
pairs       a, b, resemblance: with --pairs, the pairs of measures. Those of a group are the square of its size

Intermediate tables, which can be removed: measures, sets, prefixes, resemblances.

The pairs and every digit of their resemblance are those of `policygraph reuse --near` in one process. A prefix
filter finds the candidates: shingles are ordered by frequency, the rarest first, and two sets above the
threshold have a shingle of their prefixes in common. A join on these gives the candidates.
"""

import argparse

import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import worker

# Resemblance of copies. Measures that share about half of their text have 0.5.
THRESHOLD = 0.9

# Maximum number of shingles that are ordered by frequency: the most frequent ones. Each task has a copy of the
# list, of 7 MB.
MAX_FREQUENT = 1_000_000

# Share by which the filter before the worker is looser, so that no pair is lost to rounding.
SLACK = 1e-5

MEASURES = pa.schema(
    [
        ("document", pa.string()),
        ("position", pa.int32()),
        ("set", pa.binary()),
        ("size", pa.int32()),
        ("shingles", pa.string()),
    ]
)

PREFIXES = pa.schema([("set", pa.binary()), ("size", pa.int32()), ("shingles", pa.list_(pa.string()))])

PAIRS = pa.schema([("one", pa.binary()), ("other", pa.binary()), ("resemblance", pa.float32())])


def measures(records, program=worker.PROGRAM):
    """Returns the measures that have shingles: document, position, set, size, shingles.

    set        checksum of 128 bits, the same for equal sets only
    shingles   text of two characters for each
    """

    def question(batch):
        for key, record in worker.record_lines(batch):
            yield key, record + b"}"

    def answer(key, line):
        for of in worker.parsed(line)["measures"]:
            yield key, of["position"], bytes.fromhex(of["set"]), of["size"], of["shingles"]

    return worker.step(records, "shingles", MEASURES, question, answer, program)


def groups(measures):
    """Returns the sets of shingles: set, document and position of the first measure, size, shingles, measures."""
    first = F.min(F.struct("document", "position")).alias("first")
    # The shingles of equal sets are equal.
    columns = first, F.min("size").alias("size"), F.min("shingles").alias("shingles"), F.count("*").alias("measures")
    sets = measures.groupBy("set").agg(*columns)
    return sets.select("set", "first.document", "first.position", "size", "shingles", "measures")


def frequent(sets, limit=MAX_FREQUENT):
    """Returns the shingles in two sets or more, a line each, the rarest first; of more than `limit`, the last."""
    shingles = sets.select(F.explode(F.regexp_extract_all("shingles", F.lit(".."), F.lit(0))).alias("shingle"))
    counts = shingles.groupBy("shingle").count().where("count > 1")
    most = counts.orderBy(F.desc("count"), F.desc("shingle")).limit(limit).collect()
    return "".join(f"{row.shingle}\n" for row in reversed(most))


def prefixes(sets, threshold, order, program=worker.PROGRAM):
    """Returns the prefix of each set: set, size, shingles, a list.

    order   shingles in the order of `frequent`, after all others
    """

    def question(batch):
        for set_, shingles in rows(batch, "set", "shingles"):
            yield set_, worker.line({"set": set_.hex(), "shingles": shingles})

    def answer(set_, line):
        fields = worker.parsed(line)
        prefix = fields["prefix"]
        yield set_, fields["size"], [prefix[at : at + 2] for at in range(0, len(prefix), 2)]

    arguments = ["--threshold", repr(threshold)]
    columns = sets.select("set", "shingles")
    files = {"--frequent": order}
    return worker.step(columns, "prefix", PREFIXES, question, answer, program, arguments, files=files)


def candidates(prefixes, threshold):
    """Returns the pairs of sets that can resemble each other: one, other. Each pair once."""
    rows = prefixes.select("set", "size", F.posexplode("shingles").alias("position", "shingle"))
    one, other = rows.alias("one"), rows.alias("other")
    smaller = "(one.size, one.set) < (other.size, other.set)"
    # At the first common shingle of two sets, the rest of the shorter one bounds the common ones.
    share = max(threshold, 0) / (1 + max(threshold, 0)) * (1 - SLACK)
    reaches = (
        "least(one.size - one.position, other.size - other.position)"
        f" >= {share!r}D * (one.size + other.size)"
    )
    pairs = one.join(other, F.expr(f"one.shingle = other.shingle and {smaller} and {reaches}"))
    return pairs.select(F.col("one.set").alias("one"), F.col("other.set").alias("other")).distinct()


def resemblances(candidates, sets, threshold, program=worker.PROGRAM):
    """Returns the pairs of sets with at least the threshold: one, other, resemblance."""

    def question(batch):
        for one, other, *shingles in rows(batch, "one", "other", "of_one", "of_other"):
            line = worker.line({"a": one.hex(), "b": other.hex(), "shingles": shingles})
            yield (one, other), line

    def answer(pair, line):
        resemblance = worker.parsed(line)["resemblance"]
        if resemblance is not None:
            yield *pair, resemblance

    def shingles(name):
        return sets.select(F.col("set").alias(name), F.col("shingles").alias(f"of_{name}"))

    asked = candidates.join(shingles("one"), "one").join(shingles("other"), "other")
    asked = asked.select("one", "other", "of_one", "of_other")
    arguments = ["--threshold", repr(threshold)]
    return worker.step(asked, "resemblance", PAIRS, question, answer, program, arguments)


def grouped(measures, sets):
    """Returns the measures with their groups: measure, document, position, group."""
    place = F.struct("document", "position")
    group = sets.select("set", key(place).alias("group"))
    columns = key(place).alias("measure"), "document", "position", "group"
    return measures.join(group, "set").select(*columns)


def neighbours(found, sets):
    """Returns pairs of groups, each named by its first measure: a, b, resemblance, pairs."""
    place = F.struct("document", "position").alias("place")

    def side(name):
        return sets.select(F.col("set").alias(name), place.alias(f"at_{name}"), F.col("measures").alias(f"in_{name}"))

    pairs = found.join(side("one"), "one").join(side("other"), "other")
    pairs = pairs.withColumn("pairs", F.col("in_one") * F.col("in_other"))
    return in_order(pairs, "at_one", "at_other", "resemblance", "pairs")


def pairs(found, measures, threshold):
    """Returns the pairs of measures: a, b, resemblance."""
    place = F.struct("document", "position")

    def side(name):
        return measures.select(F.col("set").alias(name), place.alias(f"at_{name}"))

    across = found.join(side("one"), "one").join(side("other"), "other")
    equal = side("one").join(side("other"), F.expr(f"one = other and at_one < at_other and {threshold!r}D <= 1"))
    equal = equal.withColumn("resemblance", F.lit(1.0).cast("float"))
    columns = "at_one", "at_other", "resemblance"
    return in_order(across.select(*columns).union(equal.select(*columns)), *columns)


def in_order(pairs, one, other, *columns):
    """Returns the pairs with the keys of their measures, the first by document and position first."""
    first, second = F.least(one, other), F.greatest(one, other)
    return pairs.select(key(first).alias("a"), key(second).alias("b"), *columns)


def key(place):
    """Returns the key of a measure."""
    return F.concat(place["document"], F.lit("/"), place["position"].cast("string"))


def rows(batch, *columns):
    """Iterates over columns of a RecordBatch."""
    return zip(*(batch.column(column).to_pylist() for column in columns))


def write(frame, path):
    """Writes a table, and returns it as it was written."""
    worker.save(frame, path)
    return frame.sparkSession.read.parquet(path)


def run(records, output, threshold=THRESHOLD, all_pairs=False, program=worker.PROGRAM):
    """Writes the tables of records into a folder. Returns the counts of what was found."""
    worker.check_keys(records)
    # What is written is not made again by the steps after it.
    of_measures = write(measures(records, program), f"{output}/measures")
    sets = write(groups(of_measures), f"{output}/sets")
    order = frequent(sets)
    of_sets = write(prefixes(sets, threshold, order, program), f"{output}/prefixes")
    possible = candidates(of_sets, threshold)
    found = write(resemblances(possible, sets, threshold, program), f"{output}/resemblances")
    write(grouped(of_measures, sets), f"{output}/groups")
    between = write(neighbours(found, sets), f"{output}/neighbours")
    if all_pairs:
        write(pairs(found, of_measures, threshold), f"{output}/pairs")
    within = sets.where(F.lit(threshold <= 1)).agg(F.sum(F.expr("measures * (measures - 1) div 2")))
    return {
        "measures": of_measures.count(),
        "groups": sets.count(),
        "shingles in two groups or more": order.count("\n"),
        "neighbours": between.count(),
        "pairs": (between.agg(F.sum("pairs")).first()[0] or 0) + (within.first()[0] or 0),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", help="table of records, written by read.py")
    parser.add_argument("neighbours", help="folder of the tables to write; they must not exist")
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help="minimum resemblance, in 0..=1 (0.9)")
    parser.add_argument("--pairs", action="store_true", help="write the pairs of measures as well")
    parser.add_argument("--program", default=worker.PROGRAM, help="path or name of policygraph on the executors")
    arguments = parser.parse_args()
    spark = SparkSession.builder.appName("policygraph neighbours").getOrCreate()
    records = worker.records(spark, arguments.records)
    counts = run(records, arguments.neighbours, arguments.threshold, arguments.pairs, arguments.program)
    print(", ".join(f"{count} {name}" for name, count in counts.items()))


if __name__ == "__main__":
    main()
