package vn.tnmt.lakehouse.transform.index;

/** The five groups of parameters of VN_WQI. */
public enum WqiGroup {
  I("pH", "pH"),
  II("Thuốc bảo vệ thực vật", "Pesticides"),
  III("Kim loại nặng", "Heavy metals"),
  IV("Hữu cơ và dinh dưỡng", "Organic matter and nutrients"),
  V("Vi sinh", "Microbes");

  private final String vi;
  private final String en;

  WqiGroup(String vi, String en) {
    this.vi = vi;
    this.en = en;
  }

  public String vi() {
    return vi;
  }

  public String en() {
    return en;
  }
}
