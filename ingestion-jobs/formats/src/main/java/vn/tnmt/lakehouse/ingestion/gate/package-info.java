/**
 * Guarding the gate: does a delivery look like those before it? Plain Java.
 *
 * <p>A {@link vn.tnmt.lakehouse.ingestion.gate.Fingerprint} is learnt from a sample of each
 * delivery ({@link vn.tnmt.lakehouse.ingestion.gate.DeliverySample}); {@link
 * vn.tnmt.lakehouse.ingestion.gate.Drift} compares it with those of earlier deliveries and says in
 * words what differs; the feed's {@link vn.tnmt.lakehouse.ingestion.feed.GatePolicy} says what
 * follows from it ({@link vn.tnmt.lakehouse.ingestion.gate.GateCheck}). Also used by the offline
 * validator, which has the fingerprints from its bundle: nothing here knows of landing.
 */
package vn.tnmt.lakehouse.ingestion.gate;
