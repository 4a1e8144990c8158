/**
 * The services that a command runs inside itself, on loopback only, and the lock of those that
 * write.
 */
package vn.tnmt.lakehouse.core.local;
