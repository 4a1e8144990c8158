package vn.tnmt.lakehouse.tables.contract;

import java.io.Serializable;

/**
 * A column of a dataset.
 *
 * @param physicalType SQL type text, for example {@code double}, {@code timestamp} (an instant) or
 *     {@code array<struct<rule:string>>}
 * @param required whether a row without a value is broken
 * @param descriptionVi empty when the title says it all; so is {@code descriptionEn}
 * @param unit canonical unit; empty when the values have none or carry their own
 * @param privacy P0 public, P1 personal, P2 sensitive personal (Luật 91/2025/QH15)
 * @param role to a measurement
 */
public record Column(
    String name,
    LogicalType type,
    String physicalType,
    boolean required,
    String titleVi,
    String titleEn,
    String descriptionVi,
    String descriptionEn,
    String unit,
    String privacy,
    Role role)
    implements Serializable {}
