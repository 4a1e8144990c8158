package vn.tnmt.lakehouse.tables.contract;

import java.io.Serializable;

/**
 * A promise about a dataset.
 *
 * @param property ODCS name: {@code retention}, {@code frequency}, {@code latency}
 * @param unit {@code y}, {@code d}, {@code h}, …
 */
public record ServiceLevel(String property, String value, String unit) implements Serializable {}
