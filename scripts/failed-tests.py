#!/usr/bin/env python3
"""Prints the failed tests of a report (.trx) of the test platform, one on each line:
failed PROJECT Class.Test: first line of the message."""
import re
import sys
import xml.etree.ElementTree as ElementTree

report, project = sys.argv[1:]
space = {"t": "http://microsoft.com/schemas/VisualStudio/TeamTest/2010"}
try:
    root = ElementTree.parse(report).getroot()
except (OSError, ElementTree.ParseError) as error:
    print(f"failed {project}: no report of its tests: {error}")
    sys.exit(0)
classes = {
    test.get("id"): test.find("t:TestMethod", space).get("className", "").split(",")[0].split(".")[-1]
    for test in root.iterfind("t:TestDefinitions/t:UnitTest", space)
}
for result in root.iterfind("t:Results/t:UnitTestResult", space):
    if result.get("outcome") in ("Passed", "NotExecuted"):
        continue
    message = result.findtext("t:Output/t:ErrorInfo/t:Message", "", space).strip()
    first = re.sub(r"\s+", " ", message.split("\n")[0]) or result.get("outcome")
    print(f"failed {project} {classes.get(result.get('testId'), '?')}.{result.get('testName')}: {first}")
