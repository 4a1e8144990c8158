/**
 * Text as publishers write it: legacy Vietnamese encodings, and the evidence in the data for how a
 * column is encoded and how its numbers and dates are written.
 *
 * <p>Everything is a pure function of texts. A text is <em>bytewise</em> when each of its
 * characters stands for one byte (U+0000 to U+00FF). What the evidence does not decide stays
 * undecided: nothing is guessed.
 */
package vn.tnmt.lakehouse.ingestion.text;
