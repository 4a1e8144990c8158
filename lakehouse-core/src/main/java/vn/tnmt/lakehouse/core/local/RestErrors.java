package vn.tnmt.lakehouse.core.local;

import java.util.List;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchIcebergTableException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.UnprocessableEntityException;
import org.apache.iceberg.exceptions.ValidationException;

/** The HTTP status by which a client of the REST protocol recognises an exception. */
final class RestErrors {
  private record Rule(Class<? extends RuntimeException> type, int status) {}

  /** More special types first. Anything else is 500: the client then does not assume a result. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(CommitStateUnknownException.class, 500),
          new Rule(CommitFailedException.class, 409),
          new Rule(AlreadyExistsException.class, 409),
          new Rule(NamespaceNotEmptyException.class, 409),
          new Rule(NoSuchNamespaceException.class, 404),
          new Rule(NoSuchTableException.class, 404),
          new Rule(NoSuchIcebergTableException.class, 404),
          new Rule(NoSuchViewException.class, 404),
          new Rule(NotAuthorizedException.class, 401),
          new Rule(ForbiddenException.class, 403),
          new Rule(UnprocessableEntityException.class, 422),
          new Rule(ValidationException.class, 400),
          new Rule(UnsupportedOperationException.class, 406),
          new Rule(IllegalArgumentException.class, 400));

  private RestErrors() {}

  static int status(RuntimeException e) {
    return RULES.stream()
        .filter(rule -> rule.type().isInstance(e))
        .findFirst()
        .map(Rule::status)
        .orElse(500);
  }
}
