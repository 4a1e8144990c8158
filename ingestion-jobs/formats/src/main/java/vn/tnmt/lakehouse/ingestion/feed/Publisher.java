package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;

/**
 * A body that owes data.
 *
 * @param id short, stable, fit for a folder name: {@code snnmt-ha_noi}
 * @param provinceCode two digits, or empty for a national body
 */
public record Publisher(String id, String nameVi, String nameEn, String provinceCode)
    implements Serializable {}
