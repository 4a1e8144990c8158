package vn.tnmt.lakehouse.core.lake;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.rest.HTTPClient;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.RESTRequest;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.RESTUtil;
import org.apache.iceberg.rest.auth.AuthSession;
import org.apache.iceberg.rest.responses.ErrorResponse;

/**
 * A client of a REST catalogue that asks somebody before it sends what would change something.
 *
 * @param to the client that does send
 * @param changes is given the path, and throws where it must not be sent
 */
record GuardedClient(RESTClient to, Consumer<String> changes) implements RESTClient {
  /** A client for the properties of a catalogue. */
  static RESTClient of(Map<String, String> properties, Consumer<String> changes) {
    return new GuardedClient(
        HTTPClient.builder(properties)
            .uri(properties.get("uri"))
            .withHeaders(RESTUtil.configHeaders(properties))
            .build(),
        changes);
  }

  @Override
  public void head(String path, Map<String, String> headers, Consumer<ErrorResponse> errorHandler) {
    to.head(path, headers, errorHandler);
  }

  @Override
  public <T extends RESTResponse> T get(
      String path,
      Map<String, String> queryParams,
      Class<T> responseType,
      Map<String, String> headers,
      Consumer<ErrorResponse> errorHandler) {
    return to.get(path, queryParams, responseType, headers, errorHandler);
  }

  @Override
  public <T extends RESTResponse> T get(
      String path,
      Map<String, String> queryParams,
      Class<T> responseType,
      Map<String, String> headers,
      Consumer<ErrorResponse> errorHandler,
      Consumer<Map<String, String>> responseHeaders) {
    return to.get(path, queryParams, responseType, headers, errorHandler, responseHeaders);
  }

  @Override
  public <T extends RESTResponse> T post(
      String path,
      RESTRequest body,
      Class<T> responseType,
      Map<String, String> headers,
      Consumer<ErrorResponse> errorHandler) {
    changes.accept(path);
    return to.post(path, body, responseType, headers, errorHandler);
  }

  @Override
  public <T extends RESTResponse> T post(
      String path,
      RESTRequest body,
      Class<T> responseType,
      Map<String, String> headers,
      Consumer<ErrorResponse> errorHandler,
      Consumer<Map<String, String>> responseHeaders) {
    changes.accept(path);
    return to.post(path, body, responseType, headers, errorHandler, responseHeaders);
  }

  @Override
  public <T extends RESTResponse> T postForm(
      String path,
      Map<String, String> formData,
      Class<T> responseType,
      Map<String, String> headers,
      Consumer<ErrorResponse> errorHandler) {
    // Only an exchange of tokens is a form.
    return to.postForm(path, formData, responseType, headers, errorHandler);
  }

  @Override
  public <T extends RESTResponse> T delete(
      String path,
      Class<T> responseType,
      Map<String, String> headers,
      Consumer<ErrorResponse> errorHandler) {
    changes.accept(path);
    return to.delete(path, responseType, headers, errorHandler);
  }

  @Override
  public <T extends RESTResponse> T delete(
      String path,
      Map<String, String> queryParams,
      Class<T> responseType,
      Map<String, String> headers,
      Consumer<ErrorResponse> errorHandler) {
    changes.accept(path);
    return to.delete(path, queryParams, responseType, headers, errorHandler);
  }

  @Override
  public RESTClient withAuthSession(AuthSession session) {
    return new GuardedClient(to.withAuthSession(session), changes);
  }

  @Override
  public void close() throws IOException {
    to.close();
  }
}
