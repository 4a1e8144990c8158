package vn.tnmt.lakehouse.core.lake;

import java.util.Map;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.rest.RESTCatalog;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.lease.Lease;

/**
 * Iceberg's REST catalogue for those who write under a {@link Lease}: nothing is sent any more once
 * it is another's. What is sent bears the lease's number, which the embedded catalogue looks at
 * once more. Public, because Spark makes it by its name.
 */
public final class LeasedCatalog extends RESTCatalog {
  /** Names the lease, which is one of this process. */
  static final String LEASE = "tnmt.lease";

  /** For Spark and {@link Lakehouse}; {@code initialize} follows. */
  public LeasedCatalog() {
    super(properties -> GuardedClient.of(properties, path -> require(properties)));
  }

  /** In Iceberg's words, which do not take a refusal for a commit that may have succeeded. */
  private static void require(Map<String, String> properties) {
    try {
      Lease.find(properties.getOrDefault(LEASE, ""))
          .orElseThrow(
              () ->
                  TnmtException.of(
                      ErrorCode.LEASE_LOST,
                      "quyền ghi hồ đã trả lại / the lake's lease was given back",
                      "",
                      "chạy lại lệnh / run the command again"))
          .require();
    } catch (TnmtException e) {
      throw new ForbiddenException(e, "%s", e.getMessage());
    }
  }
}
