package vn.tnmt.lakehouse.tables.codelist;

import java.io.Serializable;

/**
 * A measured quantity.
 *
 * @param name canonical name, for example {@code PM2.5} or {@code NH4_N}
 * @param unit canonical unit that values are stored in; {@code -} for pH
 * @param medium air, water, stack or any
 */
public record Parameter(String name, String nameVi, String nameEn, String unit, String medium)
    implements Serializable {}
