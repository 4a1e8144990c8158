package vn.tnmt.lakehouse.core.store;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Counts {@link StoreRequests}. The SDK finds it by name, for each of its clients: Hadoop's and
 * Iceberg's alike.
 */
public final class StoreCounts implements ExecutionInterceptor {
  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    StoreRequests.count(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
  }
}
