package vn.tnmt.lakehouse.orchestration.airflow;

import java.util.List;

/**
 * One operation of one version of the API: all that the client may send there.
 *
 * @param path below the version's prefix, or from the root where {@code atRoot}
 * @param isRepeatable whether sending it again after a lost answer does no harm
 * @param isOpen whether it needs no credentials
 */
record Endpoint(
    String method,
    String path,
    List<String> query,
    List<String> body,
    boolean isRepeatable,
    boolean isOpen,
    boolean atRoot) {

  /**
   * GET reads; PUT, PATCH and DELETE bring about a state, which coming about twice is the same;
   * what a POST makes it would make again.
   */
  static Endpoint at(String method, String path) {
    return new Endpoint(method, path, List.of(), List.of(), !"POST".equals(method), false, false);
  }

  Endpoint query(String... names) {
    return new Endpoint(method, path, List.of(names), body, isRepeatable, isOpen, atRoot);
  }

  Endpoint body(String... fields) {
    return new Endpoint(method, path, query, List.of(fields), isRepeatable, isOpen, atRoot);
  }

  Endpoint repeatable(boolean yes) {
    return new Endpoint(method, path, query, body, yes, isOpen, atRoot);
  }

  Endpoint open() {
    return new Endpoint(method, path, query, body, isRepeatable, true, atRoot);
  }

  Endpoint root() {
    return new Endpoint(method, path, query, body, isRepeatable, isOpen, true);
  }
}
