/**
 * The contract bundle: contracts, feeds, code lists and rule texts in one signed zip, which is all
 * that the offline validator needs to judge as the platform does. Plain Java.
 *
 * <pre>
 * bundle.json        format, software version, publishers
 * contracts/…        as in table-definitions
 * code-lists/…       as in table-definitions
 * feeds/…            one file a publisher, templates filled in, nothing of the transport
 * rule-texts.json    what people read about each rule, Vietnamese and English
 * references/…       optional: values that references of contracts may take, one a line
 * fingerprints/…     optional: what the last deliveries of a feed looked like, for the gate
 * manifest.sha256    SHA-256 and name of each file above
 * signature.txt      public key and Ed25519 signature of the manifest
 * </pre>
 */
package vn.tnmt.lakehouse.ingestion.bundle;
