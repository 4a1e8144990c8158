package vn.tnmt.lakehouse.transform.report;

/** placeholder until the report's branch is merged */
public interface ReportSection {}
