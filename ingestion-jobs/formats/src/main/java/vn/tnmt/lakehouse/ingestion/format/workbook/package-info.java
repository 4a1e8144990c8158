/** XLSX and XLS workbooks, row by row. */
package vn.tnmt.lakehouse.ingestion.format.workbook;
