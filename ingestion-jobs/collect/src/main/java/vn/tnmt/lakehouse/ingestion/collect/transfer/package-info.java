/**
 * What every transport over a network has: where its secrets stand, how long and how often it
 * tries, which faults are worth another try, and files of which a broken transfer is taken up
 * again.
 */
package vn.tnmt.lakehouse.ingestion.collect.transfer;
