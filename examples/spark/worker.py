"""A step of `policygraph worker` as a step of a Spark DataFrame.

`step` and `stream` map a DataFrame with one worker process for each task (`mapInArrow`): `step` by lines of
JSON, `stream` by Arrow streams. docs/worker.md defines both. Only the DataFrame API is used, so that it runs under Spark Connect.
"""

import collections
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading

import pyarrow as pa
from pyspark import cloudpickle
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

PROGRAM = "policygraph"

# A batch of answers ends at whichever comes first.
BATCH_ROWS = 1000
BATCH_BYTES = 8 * 1024 * 1024

ERROR = pa.struct([("kind", pa.string()), ("message", pa.string()), ("line", pa.int64())])


# One encoding for each column. Where a column has several, the writer lists them in an order that differs from
# one JVM to the next, and with it the bytes of the file.
# Row groups are so small that the writers of an executor never share its memory, which would cut them elsewhere.
PARQUET = {
    "compression": "zstd",
    "parquet.writer.version": "v2",
    "parquet.enable.dictionary": "false",
    "parquet.block.size": str(16 << 20),
}

# Maximum length of a line of the steps after reading, in bytes: that of a value of Spark. A record is two to three
# times as long as its document.
MAX_LINE = (1 << 31) - 1


class WorkerFailed(Exception):
    """A worker that ended early. The task fails with it, and Spark runs the task again."""


def step(frame, name, schema, question, answer, program=PROGRAM, arguments=(), one_each=True, files=None):
    """Returns the DataFrame of the answers of a step.

    name       the step: forms, ...
    schema     pyarrow schema of the answers
    question   function of a RecordBatch: yields (tag, line) for each line to ask, line as bytes
    answer     function of (tag, line): yields a tuple for each row that an answer gives
    arguments  more arguments of the worker
    files      options of the worker that take a file, each with the content of the file
    one_each   the step answers each line by one line. Otherwise all tags are None
    """
    # Executors get the functions by value: they need no copies of the files.
    for function in (step, question, answer):
        cloudpickle.register_pickle_by_value(sys.modules[function.__module__])

    def map_batches(batches):
        lines = (line for batch in batches for line in question(batch))
        with tempfile.TemporaryDirectory() as folder:
            given = written(files or {}, folder)
            answers = ask([find(program), "worker", name, "--max-line", str(MAX_LINE), *arguments, *given], lines, one_each)
            rows = (
                (len(line) if first else 0, row)
                for tag, line in answers
                for first, row in zip(itertools.chain([True], itertools.repeat(False)), answer(tag, line))
            )
            yield from batched(rows, schema)

    return frame.mapInArrow(map_batches, from_arrow_schema(schema))


def stream(frame, name, schema, program=PROGRAM):
    """Returns the DataFrame of the answers of a step that reads and writes Arrow streams, a row for each row.

    name    the step
    schema  pyarrow schema of the answers
    """
    cloudpickle.register_pickle_by_value(sys.modules[stream.__module__])

    def map_batches(batches):
        first = next(batches, None)
        if first is None:
            return

        def give(out):
            with pa.ipc.new_stream(out, unchecked(first).schema) as stream:
                for batch in itertools.chain([first], batches):
                    process.given += batch.num_rows
                    stream.write_batch(unchecked(batch))

        with Process([find(program), "worker", name, "--arrow"]) as process:
            process.start(give)
            try:
                for batch in pa.ipc.open_stream(process.out):
                    process.answered += batch.num_rows
                    yield batch
            except (pa.ArrowInvalid, OSError):
                process.out.close()  # Nobody reads the rest.
                process.finish()  # A worker that ended early tells why.
                raise
            process.finish()

    return frame.mapInArrow(map_batches, from_arrow_schema(schema))


# Types of text that Spark does not check, and of its bytes.
BYTES = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary()}


def unchecked(batch):
    """Returns a batch with bytes in place of text: the worker checks that it is UTF-8, row by row."""
    columns = [column.cast(BYTES.get(column.type, column.type)) for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, batch.schema.names)


def save(frame, path):
    """Writes a DataFrame as Parquet: the same rows in the same order are the same bytes."""
    frame.write.options(**PARQUET).parquet(path)


def written(files, folder):
    """Writes files into a folder. Returns the arguments that name them."""
    arguments = []
    for number, (option, content) in enumerate(files.items()):
        path = os.path.join(folder, str(number))
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
        arguments += [option, path]
    return arguments


def ask(command, lines, one_each=True):
    """Yields (tag, answer) for each (tag, line), in order, from one process of the worker.

    Raises WorkerFailed if the process exits with another code than 0 or gives fewer answers than it got
    lines, and what `lines` raises.
    """
    tags = collections.deque()

    def give(out):
        for tag, line in lines:
            if one_each:
                tags.append(tag)
            process.given += 1
            out.write(line)
            out.write(b"\n")

    with Process(command) as process:
        process.start(give)
        for line in process.out:
            if not line.endswith(b"\n"):
                break
            process.answered += 1
            yield (tags.popleft() if one_each else None), line[:-1]
        process.finish(one_each)


class Process:
    """A process of the worker. A thread gives it its input while the caller reads its answers."""

    def __init__(self, command):
        self.command = command
        self.given = 0
        self.answered = 0
        self.done = False
        self.error = None

    def __enter__(self):
        self.messages = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.messages, bufsize=1 << 18
        )
        self.out = self.process.stdout
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.messages.close()

    def start(self, give):
        """Starts the thread. `give` writes the whole input to a file and counts `given`."""
        self.thread = threading.Thread(target=self.write, args=[give], daemon=True)
        self.thread.start()

    def write(self, give):
        try:
            give(self.process.stdin)
            self.process.stdin.close()
            self.done = True
        except BaseException as error:
            self.error = error
        finally:
            try:
                self.process.stdin.close()
            except OSError:
                pass

    def finish(self, one_each=True):
        """Waits for the end. Raises what went wrong: the exit code tells why a pipe is closed."""
        code = self.process.wait()
        if code == 0:
            self.thread.join()
        if self.error and not isinstance(self.error, BrokenPipeError):
            raise self.error
        if code != 0 or not self.done or (one_each and self.answered != self.given):
            self.messages.seek(max(0, self.messages.seek(0, os.SEEK_END) - 2000))
            said = self.messages.read().decode("utf-8", "replace").strip()
            raise WorkerFailed(
                f"{' '.join(self.command)}: exit code {code}, {self.answered} answers of {self.given}: {said}"
            )


def batched(rows, schema):
    """Yields record batches of (size, row): the size is of the line in bytes, with the first of its rows."""
    held, size = [], 0
    for bytes_, row in rows:
        held.append(row)
        size += bytes_
        if len(held) >= BATCH_ROWS or size >= BATCH_BYTES:
            yield batch(held, schema)
            held, size = [], 0
    if held:
        yield batch(held, schema)


def batch(rows, schema):
    columns = zip(*rows)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def find(program):
    """Returns the path of the program: as given, of a file shipped with the job (--files), or on PATH."""
    if os.sep in program:
        return program
    from pyspark import SparkFiles

    try:
        shipped = SparkFiles.get(program)
    except Exception:  # Not in a task.
        shipped = None
    for path in (shipped, os.path.abspath(program), shutil.which(program)):
        if path and os.access(path, os.X_OK) and os.path.isfile(path):
            return path
    raise WorkerFailed(f"{program}: no such program on this machine: give --program, or ship it with --files")


def records(spark, path):
    """Returns records (key, record, lexicon) of Parquet files, or of lines of JSON.

    Documents without a record, which could not be read, are left out.
    """
    if path.rstrip("/").endswith((".json", ".jsonl")):
        lines = spark.read.text(path).where(F.col("value") != "")
        key, lexicon = F.get_json_object("value", "$.doc").alias("key"), F.lit(None).cast("string").alias("lexicon")
        return lines.select(key, F.col("value").alias("record"), lexicon)
    return spark.read.parquet(path).where("record is not null").select("key", "record", "lexicon")


def check_keys(records):
    """Stops if two records have one key: their parts would be parts of one document."""
    twice = records.groupBy("key").count().where("count > 1").limit(1).collect()
    if twice:
        raise SystemExit(f"{twice[0].key}: {twice[0]['count']} records have this key; give each document its own")


def record_lines(batch):
    """Yields (key, line) of each record of a batch (key, record, lexicon), the line without its end."""
    for key, record, lexicon in zip(*(batch.column(name) for name in ("key", "record", "lexicon"))):
        fields = {"key": key.as_py()}
        if lexicon.is_valid:
            # The worker refuses records that were read with other vocabularies.
            fields["lexicon"] = lexicon.as_py()
        # The record is JSON, and stays as it is.
        yield fields["key"], b"".join((line(fields)[:-1], b',"record":', record.as_buffer().to_pybytes()))


def parsed(answer):
    """Returns the fields of an answer. An error fails the task: the lines were written by a step before."""
    fields = json.loads(answer)
    if "error" in fields:
        error = fields["error"]
        raise WorkerFailed(f"{fields['key']}: line {error['line']}: {error['kind']}: {error['message']}")
    return fields


def line(fields):
    """Returns a line to ask."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
