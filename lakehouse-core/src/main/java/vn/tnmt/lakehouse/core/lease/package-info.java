/** Who may write to a lake that several hosts share. */
package vn.tnmt.lakehouse.core.lease;
