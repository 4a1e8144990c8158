/** What a waiting person sees. */
package vn.tnmt.lakehouse.base.progress;
