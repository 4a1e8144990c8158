package vn.tnmt.lakehouse.orchestration.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client may send and reads stands in Airflow's specifications of 2.10.5 and 3.2.1. */
class ContractTest {
  private static final Contract V1 = Contract.of(ApiVersion.V1);
  private static final Contract V2 = Contract.of(ApiVersion.V2);

  static Stream<Arguments> operations() {
    return Arrays.stream(Route.values())
        .filter(route -> route != Route.TOKEN)
        .flatMap(
            route ->
                Arrays.stream(ApiVersion.values())
                    .filter(version -> route.in(version) != null)
                    .map(version -> Arguments.of(route, version)));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void hasOperationWithItsParametersAndFields(Route route, ApiVersion version) {
    Contract contract = Contract.of(version);
    Endpoint endpoint = route.in(version);
    JsonNode operation = contract.operation(endpoint.method(), version.prefix() + endpoint.path());

    assertThat(operation.isMissingNode()).as("%s in %s", endpoint.path(), version).isFalse();
    assertThat(contract.queryParameters(operation)).containsAll(endpoint.query());
    assertThat(contract.properties(contract.bodySchema(operation)).keySet())
        .containsAll(endpoint.body());
    for (JsonNode required : contract.bodySchema(operation).path("required")) {
      assertThat(endpoint.body()).contains(required.asText());
    }
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode found = contract.resolved(parameter);
      if ("query".equals(found.path("in").asText()) && found.path("required").asBoolean()) {
        assertThat(endpoint.query()).contains(found.path("name").asText());
      }
    }
  }

  static Stream<Arguments> codes() {
    return Stream.of(
        Arguments.of(RunState.KNOWN, V2, "DagRunState"),
        Arguments.of(RunState.KNOWN, V1, "DagState"),
        Arguments.of(TaskState.KNOWN, V1, "TaskState"),
        Arguments.of(TriggeredBy.KNOWN, V2, "DagRunTriggeredByType"),
        Arguments.of(ReprocessBehavior.KNOWN, V2, "ReprocessBehavior"),
        Arguments.of(HealthStatus.KNOWN, V1, "HealthStatus"),
        Arguments.of(
            TaskState.KNOWN.stream().filter(state -> !state.equals(TaskState.NONE)).toList(),
            V2,
            "TaskInstanceState"),
        Arguments.of(
            RunType.KNOWN.stream().filter(type -> !type.equals(RunType.DATASET_TRIGGERED)).toList(),
            V2,
            "DagRunType"));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void knowsExactlyTheWordsOfTheServer(List<Code> known, Contract contract, String schema) {
    assertThat(known)
        .extracting(Code::text)
        .containsExactlyInAnyOrderElementsOf(words(contract.schema(schema)));
  }

  @Test
  void knowsTheRunTypesOf2() {
    JsonNode type = V1.schema("DAGRun").path("properties").path("run_type");

    assertThat(RunType.KNOWN).extracting(Code::text).containsAll(words(type));
  }

  @Test
  void canSetTheStatesThatItsDocumentationNames() {
    assertThat(words(V2.schema("DAGRunPatchStates")))
        .containsExactlyInAnyOrder("queued", "success", "failed");
    assertThat(words(V1.schema("UpdateDagRunState").path("properties").path("state")))
        .containsExactlyInAnyOrder("queued", "success", "failed");
  }

  private static Set<String> words(JsonNode schema) {
    Set<String> words = new TreeSet<>();
    StreamSupport.stream(schema.path("enum").spliterator(), false)
        .filter(JsonNode::isTextual)
        .forEach(word -> words.add(word.asText()));
    return words;
  }

  static Stream<Arguments> records() {
    return Stream.of(
        Arguments.of(Dag.class, "DAGResponse", "DAG"),
        Arguments.of(Dag.Tag.class, "DagTagResponse", "Tag"),
        Arguments.of(DagRun.class, "DAGRunResponse", "DAGRun"),
        Arguments.of(TaskInstance.class, "TaskInstanceResponse", "TaskInstance"),
        Arguments.of(XCom.class, "XComResponseNative", "XCom"),
        Arguments.of(Variable.class, "VariableResponse", "Variable"),
        Arguments.of(Connection.class, "ConnectionResponse", "Connection"),
        Arguments.of(Pool.class, "PoolResponse", "Pool"),
        Arguments.of(Asset.class, "AssetResponse", "Dataset"),
        Arguments.of(
            Asset.Reference.class, "TaskOutletAssetReference", "TaskOutletDatasetReference"),
        Arguments.of(AssetEvent.class, "AssetEventResponse", "DatasetEvent"),
        Arguments.of(Backfill.class, "BackfillResponse", null),
        Arguments.of(Backfill.PlannedRun.class, "DryRunBackfillResponse", null),
        Arguments.of(Health.class, "HealthInfoResponse", "HealthInfo"),
        Arguments.of(Health.Component.class, "SchedulerInfoResponse", "SchedulerStatus"),
        Arguments.of(ImportError.class, "ImportErrorResponse", "ImportError"),
        Arguments.of(ServerVersion.class, "VersionInfo", "VersionInfo"));
  }

  /** Every field that is read is sent by one version at least, under its name or another. */
  @ParameterizedTest
  @MethodSource("records")
  void readsFieldsThatAreSent(Class<?> type, String in2, @Nullable String in1) {
    Set<String> sent = new TreeSet<>(V2.properties(V2.schema(in2)).keySet());
    if (in1 != null) {
      sent.addAll(V1.properties(V1.schema(in1)).keySet());
    }
    assertThat(sent).isNotEmpty();
    for (RecordComponent component : type.getRecordComponents()) {
      assertThat(names(component)).as(component.toString()).anyMatch(sent::contains);
    }
  }

  private static List<String> names(RecordComponent component) {
    String name =
        PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.getName());
    JsonAlias alias = component.getAccessor().getAnnotation(JsonAlias.class);
    return Stream.concat(
            Stream.of(name), alias == null ? Stream.of() : Arrays.stream(alias.value()))
        .toList();
  }

  static Stream<Arguments> lists() {
    return Stream.of(
        Arguments.of("DAGCollectionResponse", "dags", "DAGCollection", "dags"),
        Arguments.of("DAGRunCollectionResponse", "dag_runs", "DAGRunCollection", "dag_runs"),
        Arguments.of(
            "TaskInstanceCollectionResponse",
            "task_instances",
            "TaskInstanceCollection",
            "task_instances"),
        Arguments.of(
            "TaskInstanceHistoryCollectionResponse",
            "task_instances",
            "TaskInstanceHistoryCollection",
            "task_instances_history"),
        Arguments.of("XComCollectionResponse", "xcom_entries", "XComCollection", "xcom_entries"),
        Arguments.of("VariableCollectionResponse", "variables", "VariableCollection", "variables"),
        Arguments.of(
            "ConnectionCollectionResponse", "connections", "ConnectionCollection", "connections"),
        Arguments.of("PoolCollectionResponse", "pools", "PoolCollection", "pools"),
        Arguments.of("AssetCollectionResponse", "assets", "DatasetCollection", "datasets"),
        Arguments.of(
            "AssetEventCollectionResponse",
            "asset_events",
            "DatasetEventCollection",
            "dataset_events"),
        Arguments.of(
            "ImportErrorCollectionResponse",
            "import_errors",
            "ImportErrorCollection",
            "import_errors"));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void findsListsUnderTheirKeys(String in2, String key2, String in1, String key1) {
    assertThat(V2.properties(V2.schema(in2))).containsKeys(key2, "total_entries");
    assertThat(V1.properties(V1.schema(in1))).containsKeys(key1, "total_entries");
  }

  @ParameterizedTest
  @EnumSource(ApiVersion.class)
  void namesItsSourceAndLicence(ApiVersion version) {
    JsonNode specification = Contract.of(version).specification();

    assertThat(specification.path("x-source").asText()).contains("Apache Airflow");
    assertThat(specification.path("x-licence").asText()).contains("Apache License 2.0");
  }
}
