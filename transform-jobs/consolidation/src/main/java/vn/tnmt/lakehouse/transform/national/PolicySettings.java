package vn.tnmt.lakehouse.transform.national;

import java.util.Collection;
import java.util.List;
import vn.tnmt.lakehouse.core.config.Setting;
import vn.tnmt.lakehouse.core.config.SettingSource;

/** The policies of the registered national datasets are settings. */
public final class PolicySettings implements SettingSource {
  @Override
  public Collection<Setting> settings() {
    return NationalDatasets.found().stream()
        .sorted(java.util.Comparator.comparing(NationalDataset::table))
        .map(NationalDataset::policies)
        .flatMap(List::stream)
        .<Setting>map(Policy::setting)
        .toList();
  }
}
