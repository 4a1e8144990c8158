/**
 * The national report: {@link vn.tnmt.lakehouse.transform.report.ReportData} is what it says,
 * {@link vn.tnmt.lakehouse.transform.report.ReportPage} makes a page of it, {@link
 * vn.tnmt.lakehouse.transform.report.ReportQueries} reads it from a release.
 */
package vn.tnmt.lakehouse.transform.report;
