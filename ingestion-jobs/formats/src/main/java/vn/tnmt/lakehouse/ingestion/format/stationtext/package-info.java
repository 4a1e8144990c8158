/** Text files of automatic stations, Thông tư 10/2021/TT-BTNMT. */
package vn.tnmt.lakehouse.ingestion.format.stationtext;
