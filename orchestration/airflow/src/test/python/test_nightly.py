"""The nightly DAG with a launcher that only pretends: its shape, its dates, what it makes of exit codes, a whole night.

Run by `mvn verify -Pairflow` in the environments of Airflow 3 and 2, or by hand:
    .venv/airflow-3/bin/python -m unittest discover -v -s orchestration/airflow/src/test/python
"""

import atexit
import json
import logging
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
import warnings
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace

DAGS = Path(__file__).resolve().parents[4] / "dags"
HOME = Path(tempfile.mkdtemp(prefix="tnmt-dag-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
LAUNCHER = HOME / "tnmt"
OUTCOMES = HOME / "outcomes"  # one file for each feed that does not succeed, holding the exit code


def stage(name, **more):
    return {"name": name, "title": {"vi": name, "en": name}, "command": [name, "--date", "{date}"], "spark": True} | more


PIPELINE = {
    "stages": [
        stage("ingest", command=["ingest", "--date", "{date}", "--feed", "{feed}"], mapped="feed", spark=False, produces=["landing"]),
        stage("consolidate", consumes=["landing"], produces=["staged"]),
        stage("release", consumes=["staged"], produces=["release"]),
    ],
    "minimumPublishers": 2,
    "feeds": [
        {"id": f"{publisher}/station", "publisher": publisher, "name": {"vi": f"Sở {publisher}", "en": publisher}, "dataset": "station"}
        for publisher in ("a", "b", "c")
    ],
}
LAUNCHER.write_text(f"""#!/usr/bin/env bash
echo "$*" >>{HOME}/calls
case $1 in
  pipeline) cat {HOME}/tnmt-pipeline.json ;;
  ingest) exit "$(cat {OUTCOMES}/"${{5%%/*}}" 2>/dev/null || echo 0)" ;;
esac
""")
LAUNCHER.chmod(LAUNCHER.stat().st_mode | stat.S_IXUSR)
OUTCOMES.mkdir()
(HOME / "tnmt-pipeline.json").write_text(json.dumps(PIPELINE), encoding="utf-8")
os.environ |= {
    "AIRFLOW_HOME": str(HOME),
    "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    "TNMT_LAUNCHER": str(LAUNCHER),
    "TNMT_RETRIES": "0",
}
sys.path.append(str(DAGS))
warnings.simplefilter("ignore")
subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], check=True, capture_output=True)

import tnmt_tasks as tnmt  # noqa: E402  (reads the environment above)

try:
    from airflow.dag_processing.dagbag import DagBag
except ImportError:
    from airflow.models.dagbag import DagBag

VIETNAM = tnmt.VIETNAM


class Shape(unittest.TestCase):
    def setUp(self):
        self.bag = DagBag(str(DAGS))
        self.assertEqual(self.bag.import_errors, {})
        self.dag = self.bag.dags["tnmt_nightly"]

    def test_stages_follow_one_another_as_the_launcher_says(self):
        above = {task.task_id: task.upstream_task_ids for task in self.dag.tasks}
        self.assertEqual(above, {
            "plan": set(),
            "ingest": {"plan"},
            "ingest_complete": {"plan", "ingest"},
            "consolidate": {"ingest_complete"},
            "release": {"consolidate"},
        })  # fmt: skip

    def test_spark_stages_share_a_pool(self):
        pools = {task.task_id: task.pool for task in self.dag.tasks}
        self.assertEqual((pools["consolidate"], pools["release"], pools["ingest"]), ("tnmt_spark", "tnmt_spark", "tnmt_ingest"))

    def test_assets_lie_between_stages(self):
        made = {task.task_id: [asset.uri for asset in task.outlets] for task in self.dag.tasks if task.outlets}
        self.assertEqual(made, {
            "ingest_complete": ["tnmt://lakehouse/landing"],
            "consolidate": ["tnmt://lakehouse/staged"],
            "release": ["tnmt://lakehouse/release"],
        })  # fmt: skip

    def test_it_does_not_catch_up_and_runs_one_night_at_a_time(self):
        self.assertFalse(self.dag.catchup)
        self.assertEqual(self.dag.max_active_runs, 1)

    def test_parsing_calls_no_launcher(self):
        (HOME / "calls").write_text("")
        DagBag(str(DAGS))
        self.assertEqual((HOME / "calls").read_text(), "")


class Dates(unittest.TestCase):
    def date(self, start=None, run_after=None, given=None):
        run = SimpleNamespace(data_interval_start=start, run_after=run_after)
        return tnmt.business_date({"dag_run": run, "params": {"date": given}})

    def test_the_interval_begins_on_the_business_date_of_viet_nam(self):
        self.assertEqual(self.date(datetime(2026, 3, 13, 18, tzinfo=timezone.utc)), "2026-03-14")

    def test_a_given_date_goes_before(self):
        self.assertEqual(self.date(datetime(2026, 3, 13, 18, tzinfo=timezone.utc), given="2026-03-01"), "2026-03-01")

    def test_without_an_interval_it_is_the_last_day_whose_night_had_begun(self):
        self.assertEqual(self.date(run_after=datetime(2026, 3, 15, 0, 59, tzinfo=VIETNAM)), "2026-03-13")
        self.assertEqual(self.date(run_after=datetime(2026, 3, 15, 1, 0, tzinfo=VIETNAM)), "2026-03-14")
        self.assertEqual(self.date(run_after=datetime(2026, 3, 15, 20, 0, tzinfo=timezone.utc)), "2026-03-15")


class ExitCodes(unittest.TestCase):
    def test_done(self):
        self.assertIsNone(tnmt.judge(0, [], ""))

    def test_a_failure_may_be_tried_again(self):
        for code in (1, 70, 137, -9):
            with self.assertRaises(tnmt.AirflowException) as raised:
                tnmt.judge(code, ["release"], "TNMT-3001 no answer")
            self.assertNotIsInstance(raised.exception, (tnmt.AirflowFailException, tnmt.AirflowSkipException))
            self.assertIn("TNMT-3001 no answer", str(raised.exception))

    def test_a_contract_error_is_not_tried_again(self):
        with self.assertRaises(tnmt.AirflowFailException):
            tnmt.judge(2, [], "")

    def test_nothing_delivered_is_skipped(self):
        with self.assertRaises(tnmt.AirflowSkipException):
            tnmt.judge(3, [], "")


class Completeness(unittest.TestCase):
    feeds = [{"id": feed, "publisher": feed[0], "label": feed} for feed in ("a/1", "a/2", "b/1", "c/1")]

    def test_a_publisher_counts_when_one_of_its_feeds_is_in(self):
        tnmt.require_complete(self.feeds, {"a/1", "b/1"}, 2)
        with self.assertRaises(tnmt.AirflowFailException):
            tnmt.require_complete(self.feeds, {"a/1", "a/2"}, 2)

    def test_feeds_that_are_not_in_are_named(self):
        with self.assertLogs("airflow.task", logging.WARNING) as logs:
            tnmt.require_complete(self.feeds, {"a/1", "a/2", "b/1"}, 2)
        self.assertIn("c/1", logs.output[0])

    def test_without_a_plan_it_fails(self):
        with self.assertRaises(tnmt.AirflowFailException):
            tnmt.require_complete(None, set(), 0)


class Plan(unittest.TestCase):
    def test_feeds_are_named_by_their_publishers(self):
        self.assertEqual([feed["label"] for feed in tnmt.plan(PIPELINE)], ["Sở a · station", "Sở b · station", "Sở c · station"])

    def test_a_run_may_name_its_publishers(self):
        self.assertEqual([feed["id"] for feed in tnmt.plan(PIPELINE, ["b", "c"])], ["b/station", "c/station"])
        with self.assertRaisesRegex(tnmt.AirflowFailException, "no feeds of d:"):
            tnmt.plan(PIPELINE, ["a", "d"])

    def test_stages_that_changed_are_kept_for_the_next_parse(self):
        file = HOME / "tnmt-pipeline.json"
        kept = file.read_text(encoding="utf-8")
        with self.assertRaises(tnmt.AirflowException):
            tnmt.plan({"stages": []})
        self.assertEqual(json.loads(file.read_text(encoding="utf-8")), json.loads(kept))


class Alert(unittest.TestCase):
    def test_the_alert_command_is_given_the_message(self):
        program = HOME / "alert"
        program.write_text(f'#!/usr/bin/env bash\nprintf %s "$1" >{HOME}/alerted\n')
        program.chmod(0o700)
        os.environ["TNMT_ALERT_COMMAND"] = str(program)
        try:
            tnmt.deadline_missed({"dag_run": {"run_id": "night 14"}})
        finally:
            del os.environ["TNMT_ALERT_COMMAND"]
        self.assertIn("night 14", (HOME / "alerted").read_text())


class Night(unittest.TestCase):
    """`airflow dags test`: the whole DAG in one process."""

    def night(self, conf=None, **outcomes):
        for old in OUTCOMES.iterdir():
            old.unlink()
        for publisher, code in outcomes.items():
            (OUTCOMES / publisher).write_text(str(code))
        (HOME / "calls").write_text("")
        command = [sys.executable, "-m", "airflow", "dags", "test", "tnmt_nightly", "--conf", json.dumps({"date": "2026-03-14"} | (conf or {}))]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        self.output = done.stdout + done.stderr
        return [line for line in (HOME / "calls").read_text().splitlines() if not line.startswith("pipeline")]

    def test_a_night(self):
        calls = self.night()
        ingest = [f"ingest --date 2026-03-14 --feed {publisher}/station" for publisher in "abc"]
        self.assertEqual(sorted(calls[:3]), ingest, self.output[-3000:])
        self.assertEqual(calls[3:], ["consolidate --date 2026-03-14", "release --date 2026-03-14"])

    def test_a_late_publisher_does_not_hold_the_others(self):
        self.assertEqual(self.night(b=3)[-1], "release --date 2026-03-14", self.output[-3000:])

    def test_a_failed_publisher_does_not_hold_the_others(self):
        self.assertEqual(self.night(b=1)[-1], "release --date 2026-03-14", self.output[-3000:])

    def test_a_night_of_one_publisher(self):
        calls = self.night(conf={"publishers": ["b"], "min_publishers": 1})
        self.assertEqual(calls[:2], ["ingest --date 2026-03-14 --feed b/station", "consolidate --date 2026-03-14"], self.output[-3000:])

    def test_too_few_publishers_hold_the_night(self):
        self.assertEqual(len(self.night(b=3, c=2)), 3, self.output[-3000:])


if __name__ == "__main__":
    unittest.main()
