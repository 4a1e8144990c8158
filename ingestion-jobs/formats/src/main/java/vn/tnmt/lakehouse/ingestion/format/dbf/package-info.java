/** dBase and FoxPro tables with their memo files; the tables of Shapefiles, too. */
package vn.tnmt.lakehouse.ingestion.format.dbf;
