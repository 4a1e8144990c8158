/** The national datasets, a package each; here is what several of them share. */
package vn.tnmt.lakehouse.national;
