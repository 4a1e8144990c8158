package vn.tnmt.lakehouse.core.store;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import vn.tnmt.lakehouse.base.progress.Waits;

/**
 * Tells a waiting person that the object store is asked again, and why. The SDK finds it by name,
 * for each of its clients: Hadoop's and Iceberg's alike.
 */
public final class StoreWaits implements ExecutionInterceptor {
  /** Whether the attempt before was answered; unset before the first. */
  private static final ExecutionAttribute<Boolean> ANSWERED =
      new ExecutionAttribute<>("tnmt.answered");

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    if (!attributes.getOptionalAttribute(ANSWERED).orElse(true)) {
      Waits.tell(
          "kho đối tượng không trả lời, đang hỏi lại / the object store does not answer, it is asked"
              + " again: "
              + context.httpRequest().getUri().getAuthority());
    }
    attributes.putAttribute(ANSWERED, false);
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    attributes.putAttribute(ANSWERED, true);
    int status = context.httpResponse().statusCode();
    if (status >= 500) {
      Waits.tell(
          "kho đối tượng trả lời %d, sẽ hỏi lại / the object store answers %d, it is asked again: %s"
              .formatted(status, status, context.httpRequest().getUri().getAuthority()));
    }
  }
}
