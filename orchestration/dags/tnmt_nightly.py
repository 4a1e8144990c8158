"""The night: ingest every feed, consolidate, release, report, maintain. docs/airflow.md says how to run it.

Which stages there are, their commands and the feeds come from the launcher; this file only says how Airflow runs them.
"""

import os
from datetime import datetime, timedelta

import tnmt_tasks as tnmt

try:
    from airflow.sdk import DAG, Asset, CronDataIntervalTimetable, DeadlineAlert, DeadlineReference, Param, SyncCallback, chain, task

    AIRFLOW_3 = True
except ImportError:
    from airflow.datasets import Dataset as Asset
    from airflow.decorators import task
    from airflow.models.baseoperator import chain
    from airflow.models.dag import DAG
    from airflow.models.param import Param
    from airflow.timetables.interval import CronDataIntervalTimetable

    AIRFLOW_3 = False

PIPELINE = tnmt.known_pipeline()
RELEASE_WITHIN = timedelta(minutes=int(os.environ.get("TNMT_DEADLINE_MINUTES", "300")))  # 01:00 to 06:00
# Set where the past is worked off and no night should begin by itself: a trial, a test.
LAST_NIGHT = datetime.fromisoformat(os.environ["TNMT_LAST_NIGHT"]).replace(tzinfo=tnmt.VIETNAM) if os.environ.get("TNMT_LAST_NIGHT") else None
FIRST_RETRY = timedelta(seconds=int(os.environ.get("TNMT_RETRY_SECONDS", "60")))

if AIRFLOW_3:
    deadline = {
        "deadline": DeadlineAlert(
            name="release", reference=DeadlineReference.DAGRUN_QUEUED_AT, interval=RELEASE_WITHIN, callback=SyncCallback(tnmt.deadline_missed)
        )
    }
else:
    deadline = {"sla_miss_callback": tnmt.sla_missed}


def assets(names):
    return [Asset(f"tnmt://lakehouse/{name}") for name in names or []]


with DAG(
    dag_id="tnmt_nightly",
    dag_display_name="TNMT · đêm · nightly",
    doc_md=__doc__,
    tags=["tnmt"],
    schedule=CronDataIntervalTimetable("0 1 * * *", timezone="Asia/Ho_Chi_Minh"),
    start_date=datetime(2026, 1, 1, tzinfo=tnmt.VIETNAM),
    end_date=LAST_NIGHT,
    catchup=False,
    max_active_runs=1,
    params={
        "date": Param(None, type=["null", "string"], format="date", description="Business date, instead of the data interval's"),
        "min_publishers": Param(None, type=["null", "integer"], minimum=0, description="Publishers that make the night complete"),
        "publishers": Param(None, type=["null", "array"], items={"type": "string"}, description="Only the feeds of these publishers"),
    },
    default_args={
        "owner": "tnmt",
        "depends_on_past": False,
        "retries": int(os.environ.get("TNMT_RETRIES", "2")),
        "retry_delay": FIRST_RETRY,
        "retry_exponential_backoff": 2.0 if AIRFLOW_3 else True,
        "max_retry_delay": timedelta(minutes=15),
    },
    **deadline,
):

    @task(task_display_name="Kế hoạch · Plan")
    def plan(params=None):
        return tnmt.plan(PIPELINE, params.get("publishers"))

    feeds = before = plan()
    for stage in PIPELINE["stages"]:
        common = {
            "task_id": stage["name"],
            "task_display_name": tnmt.title(stage),
            "command": stage["command"],
            "inlets": assets(stage.get("consumes")),
        }
        if stage.get("mapped") == "feed":
            mapped = tnmt.TnmtOperator.partial(
                **common, pool="tnmt_ingest", map_index_template="{{ task.feed['label'] }}"
            ).expand(feed=feeds)

            # The asset is the landing of the whole night, told once, not by each of its feeds.
            @task(
                task_id=f"{stage['name']}_complete",
                task_display_name="Đủ dữ liệu · Completeness",
                trigger_rule="all_done",
                outlets=assets(stage.get("produces")),
                retries=0,
            )
            def complete(delivered, feeds, params=None):
                minimum = params.get("min_publishers")
                tnmt.require_complete(feeds, set(delivered or []), PIPELINE.get("minimumPublishers") if minimum is None else minimum)

            gate = complete(mapped.output, feeds)
            chain(before, mapped, gate)
            before = gate
        else:
            whole = tnmt.TnmtOperator(
                **common,
                pool="tnmt_spark" if stage.get("spark") else "default_pool",
                outlets=assets(stage.get("produces")),
                **({} if AIRFLOW_3 else {"sla": RELEASE_WITHIN}),
            )
            chain(before, whole)
            before = whole
