"""Runs examples/spark on two executors, also while one is killed, and compares with the program by itself.

usage: spark.py PROGRAM DOCUMENTS

PROGRAM is policygraph, DOCUMENTS a folder that the test kit made. Needs Java 17, pyspark, pyarrow and pandas.
"""

import hashlib
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import time

import pyspark

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(root, "examples", "spark"))
# Spark starts its executors from the folder of the package.
os.environ["SPARK_HOME"] = os.path.dirname(pyspark.__file__)
os.environ["PYSPARK_PYTHON"] = sys.executable

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession

import graph
import neighbours
import read
import uptake
import worker

# Number of documents of the steps that run more than once.
SOME = 300

program, documents = (os.path.abspath(path) for path in sys.argv[1:3])
started = time.monotonic()
out = tempfile.TemporaryDirectory()

# A worker in front of which something happens. KILL kills its executor once, in the middle of the lines of STEP;
# CRASH ends at the document `crash.txt`, each time.
BEFORE = """#!{python}
import os, signal, subprocess, sys
kind, step, state = {kind!r}, {step!r}, {state!r}
process = subprocess.Popen([{program!r}, *sys.argv[1:]], stdin=subprocess.PIPE)
for n, line in enumerate(sys.stdin.buffer):
    if kind == "kill" and step in sys.argv and n == {lines!r}:
        try:
            file = os.open(state, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            pass
        else:
            pid = os.getppid()
            while b"CoarseGrainedExecutorBackend" not in open(f"/proc/{{pid}}/cmdline", "rb").read():
                pid = int(open(f"/proc/{{pid}}/stat").read().rpartition(")")[2].split()[1])
            os.write(file, str(pid).encode())
            os.kill(pid, signal.SIGKILL)
    if kind == "crash" and b"crash.txt" in line:
        with open(state, "a") as file:
            file.write("crash\\n")
        process.kill()
        process.wait()
        os._exit(70)
    process.stdin.write(line)
process.stdin.close()
sys.exit(process.wait())
"""


def path(*parts):
    return os.path.join(out.name, *parts)


def check(what, found, expected=True):
    assert found == expected, f"{what}: {found}, not {expected}"
    print(f"{what} ({time.monotonic() - started:.0f} s)", flush=True)


def before(kind, step="read"):
    """Returns a program that stands for policygraph, and the file in which it notes what happened."""
    script, state = (path(f"{kind}-{step}{ending}") for ending in (".py", ".state"))
    with open(script, "w") as file:
        # The input of `read` is an Arrow stream, which is split at each byte 0x0A of its documents.
        lines = 2000 if step == "read" else 40
        file.write(
            BEFORE.format(python=sys.executable, kind=kind, step=step, state=state, program=program, lines=lines)
        )
    os.chmod(script, stat.S_IRWXU)
    return script, state


def parts(folder):
    """Returns the checksums of the part files, by number."""
    assert "_SUCCESS" in os.listdir(folder), f"{folder}: not complete"
    found = {}
    for name in os.listdir(folder):
        number = re.match(r"part-(\d+)-.*\.parquet$", name)
        if number:
            with open(os.path.join(folder, name), "rb") as file:
                found[number[1]] = hashlib.sha256(file.read()).hexdigest()
    return found


def records(folder):
    """Returns the rows of records, by key."""
    return sorted(pq.read_table(folder).to_pylist(), key=lambda row: row["key"] or "")


def reading(spark):
    """Reading: the same records as in process, the same bytes with and without a lost executor."""

    def run(name, program=program):
        worker.save(read.read(read.folder(spark, documents), 8, program), path(name))
        return path(name)

    plain = run("plain")
    rows = records(plain)
    # In Spark each document is one row, so those that are the same document stay.
    in_process = [program, "read", documents, "--quiet", "--keep-duplicates", "-o", path("in-process.jsonl")]
    subprocess.run(in_process, check=True)
    with open(path("in-process.jsonl"), encoding="utf-8") as lines:
        expected = sorted(line.rstrip("\n") for line in lines)
    with open(path("some.jsonl"), "w", encoding="utf-8") as lines:
        lines.writelines(line + "\n" for line in expected[:SOME])
    check(f"{len(rows)} records are those of one process", sorted(row["record"] for row in rows) == expected)

    killing, state = before("kill")
    killed = run("killed", program=killing)
    with open(state) as file:
        pid = int(file.read())
    check("an executor was killed", not os.path.exists(f"/proc/{pid}"))
    check("with an executor lost, the bytes are the same", parts(killed) == parts(plain))
    return plain


def near(spark):
    """Near-duplicates of some records: the pairs and the figures of one process, also with a lost executor."""
    threshold = 0.95

    def run(name, program=program):
        neighbours.run(worker.records(spark, path("some.jsonl")), path(name), threshold, True, program)
        rows = pq.read_table(path(name, "pairs")).to_pylist()
        return sorted((row["a"], row["b"], row["resemblance"]) for row in rows)

    found = run("near")
    command = [program, "reuse", "--near", "--threshold", str(threshold), "--limit", str(10**9), "--json", "--quiet"]
    corpus = ["--keep-duplicates", "--corpus", path("some.jsonl")]
    lines = subprocess.run([*command, *corpus], check=True, stdout=subprocess.PIPE).stdout.splitlines()
    pairs = [json.loads(line) for line in lines]
    # The figures have 32 bits.
    figures = pa.array([pair["resemblance"] for pair in pairs], pa.float32()).to_pylist()
    expected = sorted((pair["a"], pair["b"], figure) for pair, figure in zip(pairs, figures))
    check(f"{len(found)} near-duplicates are those of one process", found == expected and len(found) > 0)

    killing, state = before("kill", "resemblance")
    check("with an executor lost, they are the same", run("near-killed", killing) == found)
    check("an executor was killed before a candidate had its figure", os.path.exists(state))


def tables(folder):
    """Returns the rows of each table of a folder, sorted."""
    found = {}
    for name in os.listdir(folder):
        if not name.startswith(("_", ".")):
            table = pq.read_table(os.path.join(folder, name))
            rows = [tuple(zip(table.column_names, row)) for row in zip(*(column.to_pylist() for column in table.columns))]
            found[name.removesuffix(".parquet")] = sorted(map(repr, rows))
    return found


def graphs(spark, records):
    """Graph and uptake: the same rows as in process; of some records also with a lost executor."""

    def exported(lines, name):
        export = [program, "export", "--to", "parquet", "--corpus", path(lines), "--keep-duplicates", "--quiet"]
        subprocess.run([*export, "-o", path(name)], check=True)
        return tables(path(name))

    expected = exported("in-process.jsonl", "export")

    graph.graph(worker.records(spark, records), path("tables"), program)
    found = tables(path("tables"))
    check("all tables are there", sorted(found), sorted(expected))
    for name, rows in expected.items():
        if found[name] != rows:
            other = sorted(set(rows) ^ set(found[name]))[:4]
            raise AssertionError(f"{name}: {len(found[name])} rows, not {len(rows)}: {other}")
    check(f"{sum(map(len, expected.values()))} rows of {len(expected)} tables are those of one process", True)

    killing, state = before("kill", "rows")
    graph.graph(worker.records(spark, path("some.jsonl")), path("tables-killed"), killing)
    check("an executor was killed while rows were made", os.path.exists(state))
    same = tables(path("tables-killed")) == exported("some.jsonl", "export-some")
    check("with an executor lost, the rows are those of one process", same)

    uptake.uptake(lambda name: spark.read.parquet(path("tables", name))).write.parquet(path("uptake"))
    example = ["cargo", "run", "-q", "-p", "policygraph-testkit", "--example", "uptake", "--", path("in-process.jsonl")]
    lines = subprocess.run(example, check=True, capture_output=True, cwd=root, text=True).stdout.splitlines()
    adopted, expected = (
        sorted(json.dumps(row, sort_keys=True) for row in rows)
        for rows in (pq.read_table(path("uptake")).to_pylist(), map(json.loads, lines))
    )
    check(f"{len(adopted)} first adoptions are those of one process", adopted == expected)
    for name in ("cites", "policies", "binds", "deadlines"):
        spark.read.parquet(path("tables", name)).createOrReplaceTempView(name)
    spark.read.parquet(path("uptake")).createOrReplaceTempView("uptake")
    with open(os.path.join(root, "examples", "spark", "queries.sql"), encoding="utf-8") as file:
        queries = [query for query in re.sub("--.*", "", file.read()).split(";") if query.strip()]
    check("each query has an answer", [bool(spark.sql(query).collect()) for query in queries], [True] * 3)


def poison(spark):
    """Documents that cannot be read cost only themselves."""
    folder = path("poison")
    os.mkdir(folder)
    with open(os.path.join(folder, "large.txt"), "wb") as file:
        file.write(b"\xff\xfe\x00" * 34_000_000)
    files = {
        "noise.txt": b"\x01\x02\xff\x03" * 1000,
        "image.txt": b"\x89PNG\r\n\x1a\n\x00",
        "cut.docx": b"PK\x03\x04word/document.xml",
        "好 的.txt": "一、加强药品监管。省药监局负责。".encode(),
    }
    for name, content in [*files.items(), ("empty.txt", b"")]:
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
    worker.save(read.read(read.folder(spark, folder), 2, program), path("poisoned"))
    rows = {row["key"]: row for row in records(path("poisoned"))}
    # Spark passes over empty files.
    check("each document of the poisoned folder has an answer", sorted(rows), sorted([*files, "large.txt"]))
    check("the good one has its record", json.loads(rows["好 的.txt"]["record"])["measures"][0]["n"], 1)
    for name in ("large.txt", "image.txt", "cut.docx", "noise.txt"):
        assert rows[name]["record"] is None and name in rows[name]["error"]["message"], rows[name]

    texts = {"long": "一" * 34_000_000, "short": "一、加强药品监管。"}
    texts = {key: text.encode() for key, text in texts.items()} | {"noise": b"\xff\xfe\xff"}
    # Strings that are not UTF-8 can be in files of other programs.
    columns = [pa.array(values, pa.binary()).view(pa.string()) for values in ([key.encode() for key in texts], texts.values())]
    pq.write_table(pa.table(columns, ["key", "text"]), path("table.parquet"))
    worker.save(read.read(read.table(spark, path("table.parquet")), None, program), path("from-table"))
    rows = {row["key"]: row for row in records(path("from-table"))}
    check("a text of 100 MB costs only itself", rows["long"]["error"]["kind"], "InvalidInput")
    check("the text after it has its record", rows["short"]["record"] is not None)
    check("a text that is not UTF-8 costs only itself", rows["noise"]["error"]["kind"], "InvalidInput")

    with open(path("lines.jsonl"), "w", encoding="utf-8") as lines:
        lines.write('{"key": "one", "text": "一、加强药品监管。"}\n{"key": "cut\n{"key": "two", "text": ""}\n')
    worker.save(read.read(read.table(spark, path("lines.jsonl")), None, program), path("from-lines"))
    found = [(row["key"], row["record"] is not None) for row in records(path("from-lines"))]
    check("a broken line of a table is an error", found, [(None, False), ("one", True), ("two", True)])


def crash(spark):
    """A worker that crashes on one document fails the job after its retries."""
    folder = path("crashing")
    os.mkdir(folder)
    for name in ("a.txt", "crash.txt", "z.txt"):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write("一、加强药品监管。")
    crashing, state = before("crash")
    try:
        worker.save(read.read(read.folder(spark, folder), 1, crashing), path("crashed"))
    except Exception as error:
        check("the message has the exit code", "exit code 70" in str(error))
    else:
        raise AssertionError("the job succeeded")
    with open(state) as file:
        check("the document was tried four times", len(file.readlines()), 4)
    written = os.listdir(path("crashed")) if os.path.exists(path("crashed")) else []
    check("nothing is complete", [name for name in written if not name.startswith(("_temp", "."))], [])


def main():
    memory = {"spark.executor.memory": "1g", "spark.driver.memory": "1g", "spark.sql.shuffle.partitions": "8"}
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("policygraph")
    for name, value in {**memory, "spark.ui.enabled": "false", "spark.log.level": "ERROR"}.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    tracker = spark.sparkContext._jsc.sc().statusTracker()
    while len(tracker.getExecutorInfos()) < 3 and time.monotonic() < started + 120:
        time.sleep(0.5)
    check("the driver and two executors", len(tracker.getExecutorInfos()), 3)
    plain = reading(spark)
    near(spark)
    graphs(spark, plain)
    poison(spark)
    crash(spark)
    spark.stop()


main()
