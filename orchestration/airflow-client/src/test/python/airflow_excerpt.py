"""Cuts from a specification of Airflow's REST API what the client uses, as JSON on standard output.

    python3 airflow_excerpt.py /path/to/airflow-v2.yaml 3.2.1 > ../resources/airflow/v2.json

What the client uses is read from its table of operations, Route.java. Needs PyYAML.
"""

import json
import pathlib
import re
import sys

import yaml

ROUTES = (
    pathlib.Path(__file__).parents[2]
    / "main/java/vn/tnmt/lakehouse/orchestration/airflow/Route.java"
)
WORDS = {"description", "example", "examples", "summary", "title", "externalDocs", "operationId", "tags", "security"}


def operations(version):
    found = re.findall(rf'\b(?:{version}|both)\(\s*"([A-Z]+)",\s*"([^"]+)"\)', ROUTES.read_text("utf-8"))
    return sorted({(path, method.lower()) for method, path in found})


def bare(node, is_map_of_names=False):
    """Without the words for people; a property may be called `description`, though."""
    if isinstance(node, list):
        return [bare(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: bare(value, key in ("properties", "schemas", "parameters") and isinstance(value, dict))
        for key, value in node.items()
        if is_map_of_names or key not in WORDS
    }


def references(node):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = node.values()
    if isinstance(node, (list, type({}.values()))):
        for item in node:
            yield from references(item)


def printed(named, indent):
    """An entry a line, so that a refresh shows what has changed."""
    pad = " " * indent
    lines = [f"{pad}{json.dumps(name)}: {json.dumps(value, default=str)}" for name, value in sorted(named.items())]
    return "{\n" + ",\n".join(lines) + "\n" + pad[1:] + "}"


def main(path, release):
    full = yaml.load(pathlib.Path(path).read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    version, prefix = ("v2", "/api/v2") if "/api/v2/version" in full["paths"] else ("v1", "")
    paths = {}
    for template, method in operations(version):
        item = full["paths"][prefix + template]
        operation = bare(item[method])
        operation["parameters"] = bare(item.get("parameters", [])) + operation.get("parameters", [])
        operation["responses"] = {
            str(code): answer for code, answer in operation["responses"].items() if str(code).startswith("2")
        }
        paths.setdefault("/api/" + version + template, {})[method] = operation

    components = {}
    wanted = set(references(paths))
    while wanted:
        reference = wanted.pop()
        _, _, kind, name = reference.split("/")
        if name not in components.setdefault(kind, {}):
            components[kind][name] = bare({kind: {name: full["components"][kind][name]}}, True)[kind][name]
            wanted |= set(references(components[kind][name]))

    source = (
        f"Apache Airflow {release}, OpenAPI specification of the stable REST API; "
        "an excerpt without descriptions, made by airflow_excerpt.py"
    )
    licence = "Copyright The Apache Software Foundation, Apache License 2.0"
    print(f'{{\n "x-source": {json.dumps(source)},\n "x-licence": {json.dumps(licence)},')
    print(f' "paths": {printed(paths, 2)},')
    kinds = [f'  {json.dumps(kind)}: {printed(named, 3)}' for kind, named in sorted(components.items())]
    print(' "components": {\n' + ",\n".join(kinds) + "\n }\n}")


main(*sys.argv[1:])
