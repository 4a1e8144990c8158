package vn.tnmt.lakehouse.orchestration.cli;

import java.util.concurrent.Callable;

/**
 * A command that another module adds to {@code tnmt}: a public class with picocli's annotations,
 * named in {@code META-INF/services}. So the demo is a command where it is installed, and nothing
 * here knows of it.
 */
public interface Subcommand extends Callable<Integer> {}
