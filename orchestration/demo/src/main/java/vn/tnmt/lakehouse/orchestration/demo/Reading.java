package vn.tnmt.lakehouse.orchestration.demo;

import java.time.LocalDateTime;

/**
 * One measured value, all as text but the time.
 *
 * @param symbol as the logger calls the parameter, {@code PM2,5}
 * @param time local time (GMT+7)
 * @param status 00 measuring, 01 calibration, 02 device error
 */
record Reading(String symbol, String value, String unit, LocalDateTime time, String status) {
  Reading symbol(String other) {
    return new Reading(other, value, unit, time, status);
  }

  Reading value(String other) {
    return new Reading(symbol, other, unit, time, status);
  }

  Reading unit(String other) {
    return new Reading(symbol, value, other, time, status);
  }

  Reading time(LocalDateTime other) {
    return new Reading(symbol, value, unit, other, status);
  }

  Reading status(String other) {
    return new Reading(symbol, value, unit, time, other);
  }
}
