package vn.tnmt.lakehouse.core.config;

import java.util.Collection;

/**
 * Settings that another module brings: found by {@link java.util.ServiceLoader}. Core itself knows
 * only those of the platform ({@link SettingKey}).
 */
public interface SettingSource {
  Collection<Setting> settings();
}
