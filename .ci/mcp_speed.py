"""Times calls of `policygraph mcp` over pipes: the first call of each tool, then p50 and p99.

usage: mcp_speed.py PROGRAM [CALLS [CORPUS]]

Calls are about documents, measures and agencies of the corpus, chosen at even steps.
"""

import json
import subprocess
import sys
import time

program, calls = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200
server = subprocess.Popen([program, "mcp", "--quiet", *sys.argv[3:]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
META = {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {}}


def ask(method, **params):
    line = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": {"_meta": META, **params}})
    start = time.perf_counter()
    server.stdin.write(line.encode() + b"\n")
    server.stdin.flush()
    answer = server.stdout.readline()
    return json.loads(answer)["result"], time.perf_counter() - start


def call(tool, **arguments):
    result, seconds = ask("tools/call", name=tool, arguments=arguments)
    assert not result["isError"], result
    return result["structuredContent"], seconds


loaded, seconds = call("about", limit=1)
print(f"{loaded['corpus']['measures']} measures; loaded and answered in {seconds:.2f} s")
documents, cursor = [], {}
while len(documents) < 500:
    page, _ = call("about", limit=50, **cursor)
    documents += [item["key"] for item in page["items"] if item["measures"] > 1]
    if "next_cursor" not in page:
        break
    cursor = {"cursor": page["next_cursor"]}
texts = []
for key in documents[:: max(1, len(documents) // 50)]:
    words = call("show", name=f"{key}/2", limit=1)[0]["words"][-1]["quote"]
    agencies = [item["label"] for item in call("show", name=f"{key}/2", limit=50)[0]["items"] if item["kind"] == "agency"]
    texts.append((key, words, agencies[:1]))
agency = next(names[0] for _, _, names in texts if names)


def questions(n):
    (key, words, names), (other, _, _) = texts[n % len(texts)], texts[(n + 1) % len(texts)]
    return {
        "about": {"limit": 10},
        "search": {"query": words[:40]},
        "show": {"name": f"{key}/2"},
        "trace": {"name": f"{key}/2"},
        "duties": {"agency": (names or [agency])[0]},
        "coverage": {"policy": "国办发〔2024〕53号"},
        "compare": {"left": key, "right": other},
        "changes": {"old": key, "new": other},
        "verify: words": {"quote": words[5:60]},
        "verify: other words": {"quote": words[5:30] + "甲乙丙丁" + words[34:60]},
        "verify: citation": {"citation": "国办发〔2024〕53号第八条"},
        "verify: claim": {"claim": (names or [agency])[0] + "牵头" + words[:12]},
    }


for name in questions(0):
    times = []
    for n in range(calls):
        _, seconds = call(name.split(":")[0], **questions(n)[name])
        times.append(seconds * 1000)
        if sum(times) > 60_000:
            break
    first, times = times[0], sorted(times[1:])
    p50, p99 = (times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.99))
    print(f"{name}: first {first:.1f} ms; p50 {p50:.2f} ms, p99 {p99:.2f} ms of {len(times)} calls")
with open(f"/proc/{server.pid}/status") as status:
    print(next(line.strip() for line in status if line.startswith("VmHWM")))
