/** What is kept and told of the gate's judgements. */
package vn.tnmt.lakehouse.transform.gate;
