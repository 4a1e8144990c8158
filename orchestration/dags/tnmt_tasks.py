"""What the nightly DAG is made of: our launcher as an operator, the pipeline as the launcher tells it, the business date.

Works on Airflow 3 and on 2.11. Knows no stage and no feed: both come from `tnmt pipeline --format json`.
"""

import json
import logging
import os
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

try:  # Airflow 3
    from airflow.providers.standard.hooks.subprocess import SubprocessHook
    from airflow.sdk import BaseOperator
    from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException
except ImportError:  # Airflow 2
    from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException
    from airflow.hooks.subprocess import SubprocessHook
    from airflow.models.baseoperator import BaseOperator

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT_BEGINS = timedelta(hours=1)  # 01:00 in Viet Nam, after the business date's last hour was measured
DONE, REFUSED, NOTHING_DELIVERED = 0, 2, 3  # what the launcher's exit codes mean; any other may be tried again

log = logging.getLogger("airflow.task")


# -- the launcher


def launcher():
    """TNMT_LAUNCHER, or the `tnmt` of the repository this file lies in."""
    return os.environ.get("TNMT_LAUNCHER") or str(Path(__file__).resolve().parents[2] / "tnmt")


def launcher_environment():
    """The environment of a command: TNMT_HOME and its like as they are, nothing of Airflow's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "_AIRFLOW", "PYTHON"))}
    return kept | {"NO_COLOR": "1"}


class TnmtOperator(BaseOperator):
    """Runs a command of the launcher, for a feed or for the whole date; its lines go to the task's log as they come.

    `{date}` and `{feed}` in the command are replaced. Returns the feed, for the completeness gate to count.
    """

    ui_color = "#e8f3ec"

    def __init__(self, *, command, feed=None, **kwargs):
        super().__init__(**kwargs)
        self.command = command
        self.feed = feed
        self.hook = None

    def execute(self, context):
        feed = (self.feed or {}).get("id", "")
        words = [word.replace("{date}", business_date(context)).replace("{feed}", feed) for word in self.command]
        self.hook = SubprocessHook()
        ended = self.hook.run_command([launcher(), *words], env=launcher_environment(), cwd=os.path.dirname(launcher()))
        judge(ended.exit_code, words, ended.output)
        return feed or None

    def on_kill(self):
        if self.hook:
            self.hook.send_sigterm()


def judge(code, words, last_line):
    """Raises what Airflow should do about an exit code."""
    if code == DONE:
        return
    told = f"tnmt {' '.join(words)} ended with {code}: {last_line}"
    if code == NOTHING_DELIVERED:
        raise AirflowSkipException(told)
    if code == REFUSED:  # arguments, configuration, contract: the same tomorrow
        raise AirflowFailException(told)
    raise AirflowException(told)


# -- the pipeline


def pipeline_file():
    """Where the parser reads the pipeline: starting a JVM at every parse would cost more than the night."""
    home = os.environ.get("AIRFLOW_HOME", os.path.expanduser("~/airflow"))
    return Path(os.environ.get("TNMT_PIPELINE") or Path(home) / "tnmt-pipeline.json")


def known_pipeline():
    """The pipeline as it was last told; its stages give the DAG its shape."""
    file = pipeline_file()
    if not file.exists():
        raise AirflowException(f"The pipeline is not known yet. Run: {launcher()} pipeline --format json > {file}")
    return json.loads(file.read_text(encoding="utf-8"))


def plan(known, publishers=None):
    """The feeds of this run, as the launcher tells them now; only those of some publishers where a run names them."""
    words = ["pipeline", "--format", "json"]
    ended = subprocess.run(
        [launcher(), *words], env=launcher_environment(), cwd=os.path.dirname(launcher()), capture_output=True, text=True
    )
    for line in ended.stderr.splitlines():
        log.info("%s", line)
    judge(ended.returncode, words, (ended.stderr or ended.stdout).strip().rpartition("\n")[2])
    pipeline = json.loads(ended.stdout)
    if pipeline["stages"] != known["stages"]:
        file = pipeline_file()
        file.with_suffix(".new").write_text(ended.stdout, encoding="utf-8")
        file.with_suffix(".new").replace(file)
        raise AirflowException("The stages have changed since this DAG was parsed; it is parsed again, then this task.")
    unknown = set(publishers or []) - {feed["publisher"] for feed in pipeline["feeds"]}
    if unknown:
        raise AirflowFailException(f"There are no feeds of {', '.join(sorted(unknown))}: see {launcher()} feeds list")
    feeds = [
        {"id": feed["id"], "publisher": feed["publisher"], "label": label(feed)}
        for feed in pipeline["feeds"]
        if not publishers or feed["publisher"] in publishers
    ]
    log.info("%d feeds of %d publishers", len(feeds), len({feed["publisher"] for feed in feeds}))
    return feeds


def label(feed):
    """A mapped task's name: who publishes, and which dataset, since some publish several."""
    return f"{in_vietnamese(feed.get('name') or feed['publisher'])} · {feed.get('dataset') or feed['id']}"


def title(stage):
    names = stage.get("title") or stage["name"]
    return " · ".join(names[language] for language in ("vi", "en") if language in names) if isinstance(names, dict) else names


def in_vietnamese(name):
    return (name.get("vi") or next(iter(name.values()))) if isinstance(name, dict) else name


# -- the date


def business_date(context):
    """The day whose data the night closes: the first day of the data interval, as Viet Nam counts days.

    `date` in the run's configuration overrides it. A run without a logical date has no interval: it closes the last day
    whose night had begun when the run was to start.
    """
    given = (context.get("params") or {}).get("date")
    if given:
        return given
    run = context["dag_run"]
    if run.data_interval_start:
        return run.data_interval_start.astimezone(VIETNAM).date().isoformat()
    return last_closed_day(run.run_after)


def last_closed_day(moment):
    return ((moment.astimezone(VIETNAM) - NIGHT_BEGINS).date() - timedelta(days=1)).isoformat()


# -- completeness


def require_complete(feeds, delivered, minimum):
    """Fails unless enough publishers delivered; names the feeds that are not in. One late publisher must not hold the others."""
    if feeds is None:
        raise AirflowFailException("There is no plan: see the first task")
    publishers = {feed["publisher"] for feed in feeds}
    present = {feed["publisher"] for feed in feeds if feed["id"] in delivered}
    if minimum is None:
        minimum = -(-len(publishers) * 8 // 10)  # eight of ten, rounded up
    log.info("%d of %d feeds are in, from %d of %d publishers; %d are needed",
             len(delivered), len(feeds), len(present), len(publishers), minimum)  # fmt: skip
    for feed in feeds:
        if feed["id"] not in delivered:
            log.warning("not in: %s (%s)", feed["label"], feed["id"])
    if len(present) < minimum:
        raise AirflowFailException(
            f"Only {len(present)} of {len(publishers)} publishers delivered and {minimum} are needed. When more have, clear their"
            " tasks with what comes after; or trigger the date with a lower min_publishers."
        )


# -- the deadline


def deadline_missed(context=None, **_):
    """Says so in the log, and to TNMT_ALERT_COMMAND, a program that is given the message (mail, a message to the duty officer)."""
    run = (context or {}).get("dag_run") or {}
    run_id = run.get("dag_run_id") or run.get("run_id") if isinstance(run, dict) else getattr(run, "run_id", None)
    message = f"TNMT: quá hạn, chưa có bản phát hành · the deadline has passed without a release: {run_id or 'tnmt_nightly'}"
    log.error("%s", message)
    command = os.environ.get("TNMT_ALERT_COMMAND")
    if command:
        subprocess.run([command, message], check=True, timeout=60)


def sla_missed(dag, task_list, blocking_task_list, slas, blocking_tis):
    """Airflow 2's form of the same."""
    for sla in slas:
        deadline_missed({"dag_run": {"run_id": f"{sla.task_id} {sla.execution_date.isoformat()}"}})
