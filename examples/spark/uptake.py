"""Finds which regions adopted which policies, and when: a table of policies and regions.

    spark-submit uptake.py TABLES UPTAKE

TABLES is what graph.py wrote. UPTAKE has a row for each policy (政策) and region (地区) of which an issued
instrument implements it, with the first of these documents: the one of the earliest date of issue (成文日期, else
发布日期), a month before its days and no date last, and of equal dates the first key. Its lag (落实时间) is the number
of days since the date of the policy, if both are known to the day. A region that is not listed may have adopted
the policy in a document outside the corpus.
"""

import argparse

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

# Genres of issued instruments: a draft or a report announces an adoption, but is not one.
INSTRUMENTS = ("measures", "notice")


def uptake(tables):
    """Returns the first adoptions, by policy and region.

    tables   function of a name: the table
    """
    issued = dates_of_issue(tables("dates"))
    documents = tables("documents").where(F.col("genre").isin(*INSTRUMENTS)).select(F.col("key").alias("document"))
    implements = tables("implements").select(F.col("source").alias("document"), F.col("target").alias("policy"))
    regions = tables("speaks_for").select(F.col("source").alias("document"), F.col("target").alias("region"))
    adoptions = (
        implements.distinct()
        .join(documents, "document", "left_semi")
        .join(issued, "document", "left")
        .join(regions, "document")
    )
    # The least is found before the shuffle too: one policy that half of the documents implement is no skew.
    first = F.min(F.struct(F.col("date").isNull().alias("undated"), "date", "document")).alias("first")
    adopted = adoptions.groupBy("policy", "region").agg(first).select("policy", "region", "first.*")
    lag = F.date_diff(day("date"), "issued").alias("lag")
    return (
        adopted.join(policies(tables, issued), "policy")
        .join(tables("regions").select(F.col("key").alias("region"), "name"), "region")
        .select("policy", "title", F.col("name").alias("region"), "document", "date", lag)
    )


def dates_of_issue(dates):
    """Returns the date of issue of each document, as printed: 2025-06-16 or 2025-06."""
    signed, published = (F.max(F.when(F.col("kind") == kind, F.col("date"))) for kind in ("signed", "published"))
    return dates.groupBy("document").agg(F.coalesce(signed, published).alias("date")).where("date is not null")


def policies(tables, issued):
    """Returns the title of each policy and the day on which it was issued, if it is known."""
    # The tables have days only. A policy whose text is in the corpus, and that was signed in a month, has no day
    # of issue, even if it was published on a day.
    outlined = tables("articles").select("policy").distinct()
    texts = tables("text_in").groupBy(F.col("source").alias("policy")).agg(F.min("target").alias("document"))
    months = texts.join(issued.where("length(date) < 10"), "document").join(outlined, "policy", "left_anti")
    issue = F.when(F.col("month").isNull(), F.coalesce("signed", "published")).alias("issued")
    return (
        tables("policies")
        .withColumnRenamed("key", "policy")
        .join(months.select("policy", F.lit(True).alias("month")), "policy", "left")
        .select("policy", "title", issue)
    )


def day(name):
    return F.when(F.length(name) == 10, F.to_date(name))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tables", help="folder of tables that graph.py wrote")
    parser.add_argument("uptake", help="folder of Parquet files to write; it must not exist")
    arguments = parser.parse_args()
    spark = SparkSession.builder.appName("policygraph uptake").getOrCreate()
    adopted = uptake(lambda name: spark.read.parquet(f"{arguments.tables}/{name}"))
    adopted.orderBy("policy", "region").write.parquet(arguments.uptake)
    spark.stop()


if __name__ == "__main__":
    main()
