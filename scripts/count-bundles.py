#!/usr/bin/env python3
"""Counts distinct resources by type in FHIR files, without using OpenICS: an independent check of what an import stored."""
import collections, glob, gzip, json, os, sys

seen = collections.defaultdict(set)


def resources(node):
    if node.get("resourceType") == "Bundle":
        for entry in node.get("entry", []):
            if "resource" in entry:
                yield entry["resource"]
    else:
        yield node


for root in sys.argv[1:]:
    files = [root] if os.path.isfile(root) else sorted(glob.glob(os.path.join(root, "**", "*.json*"), recursive=True))
    for file in files:
        text = (gzip.open if file.endswith(".gz") else open)(file, "rt", encoding="utf-8").read()
        for resource in resources(json.loads(text)):
            seen[resource["resourceType"]].add(resource["id"])

for kind in sorted(seen):
    print(f"{kind}\t{len(seen[kind])}")
