package vn.tnmt.lakehouse.core.lake;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.rest.HTTPClient;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.RESTRequest;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.RESTUtil;
import org.apache.iceberg.rest.auth.AuthSession;
import org.apache.iceberg.rest.responses.ErrorResponse;

/**
 * Iceberg's REST catalogue for those who only read: whatever would change the catalogue is refused
 * before it is sent, whichever statement or library asks for it and whatever the token could do.
 * Public, because Spark makes it by its name.
 */
public final class ReadingCatalog extends RESTCatalog {
  /** For Spark and {@link Lakehouse}; {@code initialize} follows. */
  public ReadingCatalog() {
    super(
        properties ->
            new ReadingClient(
                HTTPClient.builder(properties)
                    .uri(properties.get("uri"))
                    .withHeaders(RESTUtil.configHeaders(properties))
                    .build()));
  }

  /**
   * Sends on what asks only.
   *
   * @param to the client that does send
   */
  private record ReadingClient(RESTClient to) implements RESTClient {
    private static ForbiddenException refused(String path) {
      return new ForbiddenException("this session reads only (%s)", path);
    }

    @Override
    public void head(
        String path, Map<String, String> headers, Consumer<ErrorResponse> errorHandler) {
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
      throw refused(path);
    }

    @Override
    public <T extends RESTResponse> T post(
        String path,
        RESTRequest body,
        Class<T> responseType,
        Map<String, String> headers,
        Consumer<ErrorResponse> errorHandler,
        Consumer<Map<String, String>> responseHeaders) {
      throw refused(path);
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
      throw refused(path);
    }

    @Override
    public <T extends RESTResponse> T delete(
        String path,
        Map<String, String> queryParams,
        Class<T> responseType,
        Map<String, String> headers,
        Consumer<ErrorResponse> errorHandler) {
      throw refused(path);
    }

    @Override
    public RESTClient withAuthSession(AuthSession session) {
      return new ReadingClient(to.withAuthSession(session));
    }

    @Override
    public void close() throws IOException {
      to.close();
    }
  }
}
