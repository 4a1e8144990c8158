/** Files that a process makes for itself. */
package vn.tnmt.lakehouse.base.file;
