/** What keeps tables small and quick: expiry, compaction, orphans, and a look at their health. */
package vn.tnmt.lakehouse.transform.maintain;
