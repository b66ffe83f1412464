"""Offers `policygraph mcp` over HTTP, for the conformance suite, which speaks to no pipes.

usage: mcp_bridge.py PORT PROGRAM

A request is one line to the server and one line back. The status codes and headers are the bridge's, so
that checks of them say nothing about the server.
"""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

server = subprocess.Popen([sys.argv[2], "mcp", "--quiet"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
one_at_a_time = threading.Lock()
STATUS = {-32601: 404, -32602: 400, -32022: 400, -32020: 400}


def ask(line, answered):
    with one_at_a_time:
        server.stdin.write(line + b"\n")
        server.stdin.flush()
        return server.stdout.readline() if answered else b""


class Bridge(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        meta = body.get("params", {}).get("_meta", {})
        version = meta.get("io.modelcontextprotocol/protocolVersion")
        header = self.headers.get("mcp-protocol-version")
        answer = ask(json.dumps(body).encode(), "id" in body and "method" in body)
        status = 200 if answer else 202
        if answer and (version or header and header >= "2026-07-28"):
            status = STATUS.get(json.loads(answer).get("error", {}).get("code"), 200)
        self.reply(status, answer)

    def do_GET(self):
        self.reply(405, b"")

    do_DELETE = do_GET

    def reply(self, status, body):
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


class Quiet(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A client that hangs up is no fault."""


Quiet(("127.0.0.1", int(sys.argv[1])), Bridge).serve_forever()
