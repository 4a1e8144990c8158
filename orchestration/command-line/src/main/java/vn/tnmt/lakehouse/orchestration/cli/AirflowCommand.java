package vn.tnmt.lakehouse.orchestration.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vn.tnmt.lakehouse.orchestration.airflow.AirflowClient;
import vn.tnmt.lakehouse.orchestration.airflow.ApiVersion;
import vn.tnmt.lakehouse.orchestration.airflow.Backfill;
import vn.tnmt.lakehouse.orchestration.airflow.BackfillRequest;
import vn.tnmt.lakehouse.orchestration.airflow.ClearTasks;
import vn.tnmt.lakehouse.orchestration.airflow.Dag;
import vn.tnmt.lakehouse.orchestration.airflow.DagQuery;
import vn.tnmt.lakehouse.orchestration.airflow.DagRun;
import vn.tnmt.lakehouse.orchestration.airflow.Health;
import vn.tnmt.lakehouse.orchestration.airflow.ImportError;
import vn.tnmt.lakehouse.orchestration.airflow.LogLine;
import vn.tnmt.lakehouse.orchestration.airflow.ReprocessBehavior;
import vn.tnmt.lakehouse.orchestration.airflow.RunQuery;
import vn.tnmt.lakehouse.orchestration.airflow.RunState;
import vn.tnmt.lakehouse.orchestration.airflow.TaskInstance;
import vn.tnmt.lakehouse.orchestration.airflow.TaskQuery;
import vn.tnmt.lakehouse.orchestration.airflow.TaskRef;
import vn.tnmt.lakehouse.orchestration.airflow.TaskState;
import vn.tnmt.lakehouse.orchestration.airflow.Trigger;
import vn.tnmt.lakehouse.orchestration.airflow.TriggerResult;
import vn.tnmt.lakehouse.orchestration.airflow.WaitOptions;
import vn.tnmt.lakehouse.orchestration.airflow.WatchEvent;

/** {@code tnmt airflow …}: the nights as Airflow runs them. */
@Command(
    name = "airflow",
    description = "Look after the nights that Airflow runs.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = AirflowCommand.BackfillCommand.class,
    footer = {
      "",
      "Examples:",
      "  ./tnmt airflow health --server .airflow/server.json",
      "  ./tnmt airflow trigger --date 2026-03-14 --watch",
      "  ./tnmt airflow logs tnmt_nightly RUN consolidate --follow",
      "",
      "docs/airflow.md tells the whole story."
    })
final class AirflowCommand implements Runnable {
  private static final String NIGHTLY = "tnmt_nightly";
  private static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");

  /** The night of a date begins at this hour of the next, as the DAG's schedule says. */
  private static final int NIGHT_BEGINS = 1;

  /** A publisher that was late is skipped, one whose folder is missing has failed. */
  private static final TaskState[] NOT_DONE = {
    TaskState.FAILED, TaskState.UPSTREAM_FAILED, TaskState.SKIPPED
  };

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(
      name = "health",
      mixinStandardHelpOptions = true,
      description = "How Airflow is. Exit code 1 when runs cannot start or a DAG file is broken.")
  int health(@Mixin AirflowOptions options) {
    return options.with(
        airflow -> {
          Health health = airflow.health();
          List<ImportError> errors = airflow.importErrors().toList();
          Map<String, Object> all = new LinkedHashMap<>();
          all.put("version", airflow.version().version());
          all.put("metadatabase", status(health.metadatabase()));
          all.put("scheduler", status(health.scheduler()));
          all.put("triggerer", status(health.triggerer()));
          all.put("dagProcessor", status(health.dagProcessor()));
          all.put("brokenDagFiles", errors);
          if (options.json()) {
            out().print(Json.text(all));
          } else {
            TextTable table = new TextTable("PART", "STATE");
            all.forEach(
                (part, state) ->
                    table.row(part, part.equals("brokenDagFiles") ? errors.size() : state));
            out().print(table.render());
            errors.forEach(out()::println);
          }
          return health.isHealthy() && errors.isEmpty() ? 0 : 1;
        });
  }

  private static String status(Health.@Nullable Component component) {
    return component == null || component.status() == null
        ? "not set up"
        : component.status().toString();
  }

  @Command(name = "dags", mixinStandardHelpOptions = true, description = "List DAGs.")
  int dags(
      @Mixin AirflowOptions options,
      @Option(names = "--tag", description = "Only those with this tag.") String tag) {
    return options.with(
        airflow -> {
          DagQuery query = tag == null ? DagQuery.all() : DagQuery.all().tagged(tag);
          return print(
              options,
              airflow.dags().list(query),
              new TextTable("DAG", "PAUSED", "SCHEDULE", "NEXT RUN (UTC)"),
              (Dag dag) ->
                  new Object[] {
                    dag.dagId(),
                    Boolean.TRUE.equals(dag.isPaused()) ? "yes" : "no",
                    text(dag.timetableDescription()),
                    text(dag.nextDagrunRunAfter())
                  });
        });
  }

  @Command(name = "runs", mixinStandardHelpOptions = true, description = "List runs, newest first.")
  int runs(
      @Mixin AirflowOptions options,
      @Parameters(arity = "0..1", paramLabel = "DAG", defaultValue = NIGHTLY) String dag,
      @Option(names = "--state", description = "queued, running, success or failed.")
          RunState state,
      @Option(names = "--limit", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
          int limit) {
    return options.with(
        airflow -> {
          RunQuery query = state == null ? RunQuery.all() : RunQuery.all().in(state);
          return print(
              options,
              airflow.runs().list(dag, query.newestFirst()).limit(limit),
              new TextTable("RUN", "STATE", "DATA INTERVAL (UTC)", "STARTED (UTC)", "SECONDS"),
              AirflowCommand::row);
        });
  }

  private static Object[] row(DagRun run) {
    return new Object[] {
      run.dagRunId(),
      text(run.state()),
      run.dataIntervalStart() == null
          ? ""
          : run.dataIntervalStart() + " – " + run.dataIntervalEnd(),
      text(run.startDate()),
      run.startDate() == null || run.endDate() == null
          ? ""
          : Duration.between(run.startDate(), run.endDate()).toSeconds()
    };
  }

  @Command(
      name = "trigger",
      mixinStandardHelpOptions = true,
      description = {
        "Ask for a run; asking again for the same one finds it.",
        "Its run id is made of DAG, data interval and parameters."
      })
  int trigger(
      @Mixin AirflowOptions options,
      @Parameters(arity = "0..1", paramLabel = "DAG", defaultValue = NIGHTLY) String dag,
      @Option(names = "--date", paramLabel = "D", description = "Business date of the night.")
          LocalDate date,
      @Option(
              names = "--param",
              paramLabel = "K=V",
              description = "Parameter of the run; V is JSON, or else a text.")
          Map<String, String> params,
      @Option(names = "--note", description = "What people read beside the run.") String note,
      @Option(names = "--watch", description = "Watch the run to its end.") boolean watch) {
    return options.with(
        airflow -> {
          Trigger.Builder trigger = Trigger.of(dag).conf(values(params));
          if (date != null) {
            Instant from = night(date);
            trigger.logicalDate(from).dataInterval(from, night(date.plusDays(1)));
          }
          if (note != null) {
            trigger.note(note);
          }
          TriggerResult result = airflow.runs().trigger(trigger.build());
          DagRun run = result.run();
          if (options.json() && !watch) {
            out().print(Json.text(run));
          } else {
            out()
                .printf(
                    "%s %s %s (%s)%n",
                    result.isNew() ? "triggered" : "is there already:",
                    run.dagId(),
                    run.dagRunId(),
                    text(run.state()));
            out().flush();
          }
          return watch ? watch(airflow, options, dag, run.dagRunId(), 24) : 0;
        });
  }

  /** {@code min_publishers=5} is a number, {@code date=2026-03-14} a text. */
  private static Map<String, Object> values(@Nullable Map<String, String> params) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (params != null) {
      params.forEach((name, value) -> values.put(name, Json.valueOrText(value)));
    }
    return values;
  }

  private static Instant night(LocalDate date) {
    return date.atTime(NIGHT_BEGINS, 0).atZone(VIETNAM).toInstant();
  }

  @Command(
      name = "watch",
      mixinStandardHelpOptions = true,
      description = "Watch a run to its end. Exit code 0 when it succeeds; Ctrl-C leaves it alone.")
  int watch(
      @Mixin AirflowOptions options,
      @Parameters(index = "0", paramLabel = "DAG") String dag,
      @Parameters(index = "1", paramLabel = "RUN") String run,
      @Option(
              names = "--hours",
              defaultValue = "24",
              description = "Give up after so long (default: ${DEFAULT-VALUE}).")
          int hours) {
    return options.with(airflow -> watch(airflow, options, dag, run, hours));
  }

  private int watch(
      AirflowClient airflow, AirflowOptions options, String dag, String run, int hours) {
    WatchView view =
        WatchView.of(spec.commandLine().getErr(), ((Tnmt) spec.root().userObject()).ownsConsole());
    Thread farewell =
        new Thread(
            () ->
                System.err.printf(
                    "%nThe run goes on. Watch it again: ./tnmt airflow watch%s %s %s%n",
                    options.again(), dag, run),
            "tnmt-watch-farewell");
    Runtime.getRuntime().addShutdownHook(farewell);
    DagRun ended;
    try (Stream<WatchEvent> events =
        airflow.runs().watch(dag, run, WaitOptions.upTo(Duration.ofHours(hours)))) {
      ended = view.show(events);
    } finally {
      removeHook(farewell);
    }
    if (options.json()) {
      out().print(Json.text(ended));
    } else {
      out().printf("%s %s %s%n", ended.dagId(), ended.dagRunId(), ended.state());
    }
    return RunState.SUCCESS.equals(ended.state()) ? 0 : 1;
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Ctrl-C: the hook is running, which is what it is for.
      org.slf4j.LoggerFactory.getLogger(AirflowCommand.class).debug("interrupted", e);
    }
  }

  @Command(name = "logs", mixinStandardHelpOptions = true, description = "Print a task's log.")
  int logs(
      @Mixin AirflowOptions options,
      @Parameters(index = "0", paramLabel = "DAG") String dag,
      @Parameters(index = "1", paramLabel = "RUN") String run,
      @Parameters(index = "2", paramLabel = "TASK") String task,
      @Option(
              names = "--map-index",
              defaultValue = "-1",
              description = "Which mapped instance, from 0.")
          int mapIndex,
      @Option(names = "--try", description = "Which try (default: the last).") Integer tryNumber,
      @Option(
              names = {"-f", "--follow"},
              description = "Go on until the try has ended.")
          boolean follow) {
    TaskRef ref = new TaskRef(dag, run, task, mapIndex);
    return options.with(
        airflow -> {
          int number =
              tryNumber != null
                  ? tryNumber
                  : Math.max(1, airflow.taskInstances().get(ref).tryNumber());
          try (Stream<LogLine> lines =
              follow
                  ? airflow.logs().follow(ref, number, WaitOptions.upTo(Duration.ofHours(24)))
                  : airflow.logs().read(ref, number)) {
            lines.forEach(line -> out().println(options.json() ? Json.line(line) : line.text()));
          }
          return 0;
        });
  }

  @Command(
      name = "clear",
      mixinStandardHelpOptions = true,
      description = {
        "Run tasks of a run again, with all that comes after them:",
        "those that failed or were skipped, unless told otherwise."
      })
  int clear(
      @Mixin AirflowOptions options,
      @Parameters(index = "0", paramLabel = "DAG") String dag,
      @Parameters(index = "1", paramLabel = "RUN") String run,
      @Parameters(index = "2..*", paramLabel = "TASK", description = "Only these tasks.")
          List<String> tasks,
      @Option(names = "--all", description = "Those that succeeded, too.") boolean all,
      @Option(names = "--dry-run", description = "Only say which.") boolean dryRun) {
    return options.with(
        airflow -> {
          List<TaskRef> again = again(airflow, dag, run, tasks == null ? List.of() : tasks, all);
          ClearTasks what =
              ClearTasks.ofRun(dag, run).tasks(again).withDownstream().evenIfNotFailed().build();
          List<TaskInstance> cleared =
              again.isEmpty()
                  ? List.of()
                  : dryRun
                      ? airflow.taskInstances().clearDryRun(what)
                      : airflow.taskInstances().clear(what);
          print(
              options,
              cleared.stream(),
              new TextTable(dryRun ? "WOULD RUN AGAIN" : "RUNS AGAIN", "WAS"),
              (TaskInstance task) -> new Object[] {task.label(), task.state()});
          if (again.isEmpty()) {
            spec.commandLine()
                .getErr()
                .println("No such task of this run failed or was skipped; --all takes the others.");
          }
          return 0;
        });
  }

  /** The instances to begin with. Airflow 2 can only run all instances of a mapped task again. */
  private static List<TaskRef> again(
      AirflowClient airflow, String dag, String run, List<String> tasks, boolean all) {
    TaskQuery query = all ? TaskQuery.all() : TaskQuery.all().in(NOT_DONE);
    return airflow
        .taskInstances()
        .list(dag, run, query)
        .filter(task -> tasks.isEmpty() || tasks.contains(task.taskId()))
        .map(
            task ->
                all || airflow.apiVersion() == ApiVersion.V1
                    ? TaskRef.of(dag, run, task.taskId())
                    : task.ref())
        .distinct()
        .toList();
  }

  @Command(name = "pause", mixinStandardHelpOptions = true, description = "Schedule no more runs.")
  int pause(
      @Mixin AirflowOptions options,
      @Parameters(arity = "0..1", paramLabel = "DAG", defaultValue = NIGHTLY) String dag) {
    return options.with(airflow -> paused(airflow.dags().pause(dag)));
  }

  @Command(name = "unpause", mixinStandardHelpOptions = true, description = "Schedule runs again.")
  int unpause(
      @Mixin AirflowOptions options,
      @Parameters(arity = "0..1", paramLabel = "DAG", defaultValue = NIGHTLY) String dag) {
    return options.with(airflow -> paused(airflow.dags().unpause(dag)));
  }

  private int paused(Dag dag) {
    out()
        .println(dag.dagId() + (Boolean.TRUE.equals(dag.isPaused()) ? " is paused" : " is active"));
    return 0;
  }

  /** {@code tnmt airflow backfill …}: nights of the past (Airflow 3). */
  @Command(
      name = "backfill",
      description = "Run nights of the past (Airflow 3).",
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Examples:",
        "  ./tnmt airflow backfill create --from 2026-03-14 --to 2026-03-16 --dry-run"
      })
  static final class BackfillCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Ask for the nights of some dates.")
    int create(
        @Mixin AirflowOptions options,
        @Parameters(arity = "0..1", paramLabel = "DAG", defaultValue = NIGHTLY) String dag,
        @Option(
                names = "--from",
                required = true,
                paramLabel = "D",
                description = "First business date.")
            LocalDate from,
        @Option(
                names = "--to",
                required = true,
                paramLabel = "D",
                description = "Last business date.")
            LocalDate to,
        @Option(
                names = "--reprocess",
                defaultValue = "none",
                description =
                    "Which that have run already: none, failed or completed (default: ${DEFAULT-VALUE}).")
            ReprocessBehavior reprocess,
        @Option(
                names = "--param",
                paramLabel = "K=V",
                description = "Parameter of the runs; V is JSON, or else a text.")
            Map<String, String> params,
        @Option(names = "--dry-run", description = "Only say which runs it would make.")
            boolean dryRun) {
      BackfillRequest request =
          BackfillRequest.of(dag, night(from), night(to))
              .reprocess(reprocess)
              .conf(values(params))
              .maxActiveRuns(1)
              .build();
      return options.with(
          airflow ->
              dryRun
                  ? print(
                      spec.commandLine().getOut(),
                      options,
                      airflow.backfills().dryRun(request).stream(),
                      new TextTable("BUSINESS DATE", "LOGICAL DATE (UTC)"),
                      (Backfill.PlannedRun run) ->
                          new Object[] {
                            run.logicalDate().atZone(VIETNAM).toLocalDate(), run.logicalDate()
                          })
                  : show(options, Stream.of(airflow.backfills().create(request))));
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List backfills.")
    int list(
        @Mixin AirflowOptions options,
        @Parameters(arity = "0..1", paramLabel = "DAG", defaultValue = NIGHTLY) String dag) {
      return options.with(airflow -> show(options, airflow.backfills().list(dag)));
    }

    @Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = "Start no more of its runs.")
    int pause(@Mixin AirflowOptions options, @Parameters(paramLabel = "ID") long id) {
      return options.with(airflow -> show(options, Stream.of(airflow.backfills().pause(id))));
    }

    @Command(name = "unpause", mixinStandardHelpOptions = true, description = "Go on with it.")
    int unpause(@Mixin AirflowOptions options, @Parameters(paramLabel = "ID") long id) {
      return options.with(airflow -> show(options, Stream.of(airflow.backfills().unpause(id))));
    }

    @Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "End it; runs under way go on.")
    int cancel(@Mixin AirflowOptions options, @Parameters(paramLabel = "ID") long id) {
      return options.with(airflow -> show(options, Stream.of(airflow.backfills().cancel(id))));
    }

    private int show(AirflowOptions options, Stream<Backfill> backfills) {
      return print(
          spec.commandLine().getOut(),
          options,
          backfills,
          new TextTable("ID", "DAG", "FROM (UTC)", "TO (UTC)", "PAUSED", "COMPLETED (UTC)"),
          (Backfill backfill) ->
              new Object[] {
                backfill.id(),
                backfill.dagId(),
                backfill.fromDate(),
                backfill.toDate(),
                Boolean.TRUE.equals(backfill.isPaused()) ? "yes" : "no",
                text(backfill.completedAt())
              });
    }
  }

  /** Turns something into the cells of a table. */
  private interface Row<T> {
    Object[] of(T item);
  }

  private <T> int print(AirflowOptions options, Stream<T> items, TextTable table, Row<T> row) {
    return print(out(), options, items, table, row);
  }

  private static <T> int print(
      PrintWriter out, AirflowOptions options, Stream<T> items, TextTable table, Row<T> row) {
    List<T> all = items.toList();
    if (options.json()) {
      out.print(Json.text(all));
    } else {
      all.forEach(item -> table.row(row.of(item)));
      out.print(table.render());
    }
    return 0;
  }

  private static String text(Object value) {
    return Objects.toString(value, "");
  }
}
