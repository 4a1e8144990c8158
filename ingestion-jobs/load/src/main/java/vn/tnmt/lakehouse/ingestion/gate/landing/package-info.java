/** What the gate asks of the landing zone: the part of it that publishers do not have. */
package vn.tnmt.lakehouse.ingestion.gate.landing;
