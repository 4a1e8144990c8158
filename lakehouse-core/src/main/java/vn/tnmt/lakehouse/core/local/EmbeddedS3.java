package vn.tnmt.lakehouse.core.local;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.BindException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.core.config.Credentials;
import vn.tnmt.lakehouse.core.config.Home;
import vn.tnmt.lakehouse.core.store.StoreFaults;

/**
 * An S3 endpoint on 127.0.0.1 over the folder {@code <home>/s3}; a bucket is a folder in it.
 *
 * <p>It is S3Proxy in a class loader of its own, whose parent is the platform's, because it needs
 * other versions of common libraries than Spark. Its jars lie in the folder that the system
 * property {@value #LIBRARY_PROPERTY} names. Several processes may each run one over the same
 * folder. The reader's key reads; whatever it would change is refused.
 */
public final class EmbeddedS3 implements AutoCloseable {
  /** Names the folder of S3Proxy's jars. */
  public static final String LIBRARY_PROPERTY = "tnmt.s3proxy.lib";

  /** In the home; a bucket is a folder in it. */
  static final String FOLDER = "s3";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedS3.class);

  /** Held, because java.util.logging keeps loggers weakly. */
  private static final java.util.logging.Logger PROXY_LOG =
      java.util.logging.Logger.getLogger("org.gaul");

  private final URLClassLoader loader;
  private final Object proxy;
  private final URI endpoint;

  private EmbeddedS3(URLClassLoader loader, Object proxy, URI endpoint) {
    this.loader = loader;
    this.proxy = proxy;
    this.endpoint = endpoint;
  }

  /**
   * Starts the endpoint over the folder of the home that holds its objects.
   *
   * @param bucket the bucket that must exist
   * @param port the port to listen on; 0 for any that is free
   */
  public static EmbeddedS3 start(Home home, Credentials credentials, String bucket, int port) {
    Path folder = home.privateFolder(FOLDER);
    StoreFaults.keepsIn(folder);
    // The endpoint gives anonymous callers what the folder's mode gives to others: nothing.
    home.privateFolder(FOLDER + "/" + bucket);
    forwardLog();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    URLClassLoader loader = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader());
    thread.setContextClassLoader(loader);
    try {
      Object proxy = build(loader, folder, credentials, port);
      proxy.getClass().getMethod("start").invoke(proxy);
      int actual = (Integer) proxy.getClass().getMethod("getPort").invoke(proxy);
      return new EmbeddedS3(loader, proxy, URI.create("http://127.0.0.1:" + actual));
    } catch (ReflectiveOperationException e) {
      closeQuietly(loader);
      throw failure(e, port);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      proxy.getClass().getMethod("stop").invoke(proxy);
    } catch (ReflectiveOperationException e) {
      LOG.warn("The embedded S3 endpoint did not stop cleanly", e);
    } finally {
      thread.setContextClassLoader(before);
      closeQuietly(loader);
    }
  }

  private static Object build(ClassLoader loader, Path folder, Credentials credentials, int port)
      throws ReflectiveOperationException {
    Properties properties = new Properties();
    properties.setProperty("s3proxy.endpoint", "http://127.0.0.1:" + port);
    properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    properties.setProperty("s3proxy.identity", credentials.accessKey());
    properties.setProperty("s3proxy.credential", credentials.secretKey());
    properties.setProperty("s3proxy.ignore-unknown-headers", "true");
    properties.setProperty("s3proxy.jetty.max-threads", "64");
    properties.setProperty("jclouds.provider", "filesystem-nio2");
    properties.setProperty("jclouds.filesystem.basedir", folder.toString());
    Object store =
        loader
            .loadClass("org.gaul.s3proxy.BlobStores")
            .getMethod("create", String.class, Properties.class)
            .invoke(null, "filesystem-nio2", properties);
    Class<?> builderClass = loader.loadClass("org.gaul.s3proxy.S3Proxy$Builder");
    Object builder =
        builderClass.getMethod("fromProperties", Properties.class).invoke(null, properties);
    Class<?> storeClass = loader.loadClass("org.gaul.s3proxy.blobstore.BlobStore");
    builderClass.getMethod("blobStore", storeClass).invoke(builder, store);
    builderClass.getMethod("stopTimeout", long.class).invoke(builder, 0L);
    Object proxy = builderClass.getMethod("build").invoke(builder);
    grant(loader, proxy, storeClass, store, credentials);
    return proxy;
  }

  /** The writer's key is for the store, the reader's for the store that refuses to be changed. */
  private static void grant(
      ClassLoader loader, Object proxy, Class<?> storeClass, Object store, Credentials credentials)
      throws ReflectiveOperationException {
    Method readOnly =
        loader
            .loadClass("org.gaul.s3proxy.middleware.ReadOnlyBlobStore")
            .getDeclaredMethod("newReadOnlyBlobStore", storeClass);
    readOnly.setAccessible(true);
    Constructor<?> access =
        loader.loadClass("org.gaul.s3proxy.AccessGrant").getConstructor(String.class, storeClass);
    Credentials reader = credentials.reader();
    Map<String, Object> grants =
        Map.of(
            credentials.accessKey(), access.newInstance(credentials.secretKey(), store),
            reader.accessKey(),
                access.newInstance(reader.secretKey(), readOnly.invoke(null, store)));
    Class<?> locator = loader.loadClass("org.gaul.s3proxy.BlobStoreLocator");
    proxy
        .getClass()
        .getMethod("setBlobStoreLocator", locator)
        .invoke(
            proxy,
            Proxy.newProxyInstance(
                loader,
                new Class<?>[] {locator},
                (self, method, arguments) ->
                    method.getName().equals("locateBlobStore") && arguments[0] != null
                        ? grants.get((String) arguments[0])
                        : null));
  }

  private static URL[] jars() {
    String folder = System.getProperty(LIBRARY_PROPERTY, "");
    List<URL> jars = new ArrayList<>();
    if (!folder.isEmpty() && Files.isDirectory(Path.of(folder))) {
      try (DirectoryStream<Path> paths = Files.newDirectoryStream(Path.of(folder), "*.jar")) {
        for (Path path : paths) {
          jars.add(url(path));
        }
      } catch (IOException e) {
        LOG.warn("The folder {} cannot be listed", folder, e);
      }
    }
    if (jars.isEmpty()) {
      throw TnmtException.of(
          ErrorCode.INSTALLATION_INCOMPLETE,
          "thiếu thư viện của điểm cuối S3 nhúng / the jars of the embedded S3 endpoint are missing",
          LIBRARY_PROPERTY + "=" + folder,
          "chạy qua ./tnmt, hoặc đặt store.kind: s3 / start through ./tnmt, or set store.kind to s3");
    }
    return jars.toArray(URL[]::new);
  }

  private static URL url(Path path) throws MalformedURLException {
    return path.toUri().toURL();
  }

  private static TnmtException failure(ReflectiveOperationException e, int port) {
    Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof BindException) {
        return TnmtException.of(
            ErrorCode.PORT_IN_USE,
            "cổng đã có chương trình khác dùng / the port is taken",
            "127.0.0.1:" + port,
            "chọn cổng khác / choose another with up.s3.port",
            cause);
      }
    }
    return TnmtException.of(
        ErrorCode.STORE_UNREACHABLE,
        "điểm cuối S3 nhúng không khởi động được / the embedded S3 endpoint did not start",
        "",
        "",
        cause);
  }

  private static void closeQuietly(URLClassLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      LOG.warn("A class loader did not close", e);
    }
  }

  /** The endpoint logs to java.util.logging, the one facade both class loaders share. */
  private static synchronized void forwardLog() {
    if (!PROXY_LOG.getUseParentHandlers()) {
      return;
    }
    PROXY_LOG.setUseParentHandlers(false);
    PROXY_LOG.setLevel(Level.WARNING);
    PROXY_LOG.addHandler(
        new Handler() {
          private final SimpleFormatter formatter = new SimpleFormatter();

          @Override
          public void publish(LogRecord record) {
            LOG.warn(
                "{}: {}",
                record.getLoggerName(),
                formatter.formatMessage(record),
                record.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
  }
}
