/**
 * What a publisher checks its files with before it sends them: {@code tnmt-validator.jar}, one file
 * without Spark. It judges by a contract bundle with the very classes of the pipeline (feed,
 * reader, mapping, engine, settle) and tells the verdict as the receipt does.
 *
 * <p>{@link vn.tnmt.lakehouse.validator.Judge} decides; {@link
 * vn.tnmt.lakehouse.validator.Validator} is the command line; {@code web} is the page on the own
 * PC.
 */
package vn.tnmt.lakehouse.validator;
