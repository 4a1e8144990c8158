"""What kill-test and fault-test share: homes of the demo to begin with, and what two homes differ in."""
import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TNMT = os.environ.get("TNMT_COMMAND", str(ROOT / "tnmt"))
NIGHTS = ("2026-03-14", "2026-03-15")

# Times and snapshot ids differ between any two nights; everything else must not.
VOLATILE = {
    "ops.run": ["started_at", "ended_at"],
    "ops.delivery": ["received_at"],
    "ops.release": ["created_at", "tables"],
}


def tnmt(home, *args, **kwargs):
    """Runs a command on a home and answers what it printed; fails as it fails."""
    return subprocess.run([TNMT, *args, "--home", str(home)], check=True, text=True, stdout=subprocess.PIPE, **kwargs).stdout


def first_night(home):
    """A home after the demo's first night, with the exports of the second."""
    shutil.rmtree(home, ignore_errors=True)
    tnmt(home, "demo", "--nights", "1", "--quiet")
    tnmt(home, "demo", "--nights", "0", "--quiet")


def copy(source, target):
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)  # with the store's extended attributes


def tables(home, *options):
    """Table → how many rows it has and a hash of all of them."""
    path = Path(home) / "compare.sql"
    path.write_text(_all_tables(home, options))
    out = tnmt(home, "sql", "--format", "csv", "--file", str(path), *options)
    path.unlink()
    return dict(line.split(",", 1) for line in out.strip().splitlines()[1:])


def _all_tables(home, options):
    newest = tnmt(home, "releases", *options).splitlines()[1].split()[0]
    names = [line.split()[0] for line in tnmt(home, "releases", newest, *options).splitlines() if "(empty)" not in line and line.strip()]
    parts = []
    for name in sorted({n for n in names if re.fullmatch(r"\w+\.\w+", n)}):
        drop = VOLATILE.get(name)
        columns = f"* except ({', '.join(drop)})" if drop else "*"
        parts.append(
            f"select '{name}' as name, concat(count(*), ' rows, hash ', coalesce(bit_xor(xxhash64(to_json(struct(*)))), 0)) as content"
            f" from (select {columns} from {name})"
        )
    return " union all ".join(parts)


def outputs(home):
    """Reports and receipts, by name."""
    return sorted(
        str(p.relative_to(home)) for folder in ("reports", "outbox") for p in (Path(home) / folder).rglob("*") if p.is_file()
    )


def differences(expected, found):
    """What differs between two answers of tables(): a line each."""
    return [
        f"{name}: {expected.get(name)} expected, {found.get(name)} found"
        for name in sorted(expected.keys() | found.keys())
        if expected.get(name) != found.get(name)
    ]
