"""Speaks with `policygraph mcp` through the official Python client, in both ways of the protocol.

usage: mcp_client.py PROGRAM
"""

import asyncio
import json
import sys

from mcp import Client, MCPError, StdioServerParameters

QUOTE = "审批时限由58个工作日压缩为30个工作日"
TOOLS = ["about", "changes", "compare", "coverage", "duties", "search", "show", "trace", "verify"]


def check(what, found, expected):
    assert found == expected, f"{what}: {found}, not {expected}"
    print(f"{what}: {found}")


async def refused(call, code):
    try:
        await call
    except MCPError as error:
        return check("refused with", error.error.code, code)
    raise AssertionError("was not refused")


async def session(mode, version, not_found):
    server = StdioServerParameters(command=sys.argv[1], args=["mcp", "--quiet"])
    async with Client(server, mode=mode) as client:
        check("revision", client.protocol_version, version)
        tools = (await client.list_tools()).tools
        check("tools", sorted(tool.name for tool in tools), TOOLS)
        assert all(tool.annotations.read_only_hint for tool in tools)
        # The client checks the answer against the schema of the tool.
        answer = await client.call_tool("verify", {"quote": QUOTE})
        check("verdict", answer.structured_content["verdict"], "verified")
        assert json.loads(answer.content[0].text) == answer.structured_content
        changed = await client.call_tool("verify", {"quote": QUOTE.replace("30", "20")})
        check("verdict of another figure", changed.structured_content["verdict"], "differs")
        for name, arguments in [
            ("about", {}),
            ("search", {"query": "罕见病用药品注册检验"}),
            ("show", {"name": "sx-2025/8"}),
            ("trace", {"name": "sx-2025/8"}),
            ("duties", {"agency": "山西省药监局"}),
            ("coverage", {"policy": "国办发〔2024〕53号"}),
            ("compare", {"left": "sx-2025", "right": "nm-2025-18"}),
            ("changes", {"old": "nm-2022-26", "new": "nm-2025-18"}),
        ]:
            answer = await client.call_tool(name, arguments)
            assert answer.structured_content["items"] and not answer.is_error, name
        wrong = await client.call_tool("show", {})
        check("a call without its argument is an error", wrong.is_error, True)
        await refused(client.call_tool("delete", {}), -32602)
        resources = await client.list_resources()
        check("resources of the first page", len(resources.resources), 100)
        more = await client.list_resources(cursor=resources.next_cursor)
        check("resources of the second page", len(more.resources), 44)
        templates = await client.list_resource_templates()
        check("templates", len(templates.resource_templates), 2)
        text = await client.read_resource("policygraph://measure/sx-2025/8")
        assert QUOTE in text.contents[0].text
        await refused(client.read_resource("policygraph://document/none"), not_found)


asyncio.run(session("legacy", "2025-11-25", -32002))
asyncio.run(session("auto", "2026-07-28", -32602))
