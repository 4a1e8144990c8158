/**
 * What every page for people stands on: text in two languages, numbers and dates as each language
 * writes them, and templates that escape whatever is not markup.
 *
 * <p>Pages are one file each and need no network: fonts, style and script are inside.
 */
package vn.tnmt.lakehouse.transform.page;
