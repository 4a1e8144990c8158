/** Takes out what must not be kept any longer: of a delivery, or of a subject's key. */
package vn.tnmt.lakehouse.transform.erase;
