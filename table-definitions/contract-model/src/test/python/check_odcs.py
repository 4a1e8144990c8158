"""Asks independent tools whether every contract is valid Open Data Contract Standard v3.1.

    python -m venv target/odcs && target/odcs/bin/pip install -r src/test/python/requirements.txt
    target/odcs/bin/python src/test/python/check_odcs.py contracts

Two judges, neither of them ours: `datacontract lint`, which holds the JSON schema of ODCS v3.1.0, and
the model of open-data-contract-standard. Exit code 0 only when both agree on all files.
"""

import pathlib
import sys

import yaml
from datacontract.data_contract import DataContract
from open_data_contract_standard.model import OpenDataContractStandard


def lint_errors(path):
    """Warnings (unknown fields among them) count as errors."""
    run = DataContract(data_contract_file=str(path)).lint()
    errors = [f"lint: {c.name}: {c.reason}" for c in run.checks if c.result != "passed"]
    if not any("valid against ODCS v3.1.0" in (c.name or "") for c in run.checks):
        errors.append("lint: not judged against ODCS v3.1.0")
    return errors


def model_errors(text):
    """The model must read the file and keep what the platform relies on."""
    document = yaml.safe_load(text)
    try:
        contract = OpenDataContractStandard.from_string(text)
    except ValueError as error:
        return [f"model: {error}"]
    table = document["schema"][0]
    columns = [(c["name"], c["physicalType"], len(c.get("quality", []))) for c in table["properties"]]
    read = [(c.name, c.physicalType, len(c.quality or [])) for c in contract.schema_[0].properties]
    same = read == columns and contract.id == document["id"]
    return [] if same else ["model: reads other columns or rules"]


def main(folder):
    files = sorted(pathlib.Path(folder).rglob("*.yaml"))
    if not files:
        print(f"no contracts below {folder}", file=sys.stderr)
        return 1
    broken = 0
    for path in files:
        errors = lint_errors(path) + model_errors(path.read_text("utf-8"))
        for error in errors:
            print(f"{path}: {error}", file=sys.stderr)
        broken += bool(errors)
    print(f"{len(files) - broken} of {len(files)} contracts are valid ODCS v3.1.0")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "contracts"))
