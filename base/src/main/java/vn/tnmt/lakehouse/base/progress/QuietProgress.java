package vn.tnmt.lakehouse.base.progress;

/** Says nothing. */
final class QuietProgress implements Progress {
  @Override
  public Stage stage(String title, long total) {
    return new Stage() {
      @Override
      public void advance(long count) {}

      @Override
      public void note(String text) {}

      @Override
      public void failed(String why) {}

      @Override
      public void close() {}
    };
  }

  @Override
  public Stage brief(String title) {
    return stage(title, -1);
  }

  @Override
  public void line(String text) {}
}
