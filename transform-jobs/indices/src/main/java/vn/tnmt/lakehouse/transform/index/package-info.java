/**
 * The national indices as plain Java: VN_AQI (Quyết định 1459/QĐ-TCMT, 12/11/2019) and VN_WQI
 * (Quyết định 1460/QĐ-TCMT, 12/11/2019). No Spark here: {@code transform.consolidate} feeds these
 * functions with the values of a station or a sample, and an office PC can run the very same code.
 *
 * <p>Tables come from the code lists {@code vn_aqi_breakpoints} and {@code vn_wqi_bp}. A missing
 * concentration is {@code NaN}; so is one that no instrument can have measured (negative,
 * infinite). Missing stays missing.
 *
 * <p>Where a decision leaves something open, the choice made is marked <em>Interpretation</em> in
 * the Javadoc.
 */
package vn.tnmt.lakehouse.transform.index;
