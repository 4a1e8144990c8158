package vn.tnmt.lakehouse.core.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;
import vn.tnmt.lakehouse.base.text.Nearest;

/**
 * The secrets of the object store and of the catalogue.
 *
 * <p>Embedded services: made at random for each home, kept in {@code <home>/credentials.yaml} of
 * mode 600. Others: from the file that a setting names, or from the environment. Never from the
 * settings themselves.
 *
 * <p>Whoever only reads gets {@link #reader} secrets. Those of the embedded services are derived
 * from the writer's, one way (HMAC-SHA256, RFC 2104), so that every process of a home knows both.
 */
public final class Credentials {
  private static final String FILE = "credentials.yaml";
  private static final String ACCESS_KEY = "store.accessKey";
  private static final String SECRET_KEY = "store.secretKey";
  private static final String TOKEN = "catalogue.token";
  private static final String JDBC_USER = "catalogue.jdbcUser";
  private static final String JDBC_PASSWORD = "catalogue.jdbcPassword";
  private static final List<String> KEYS =
      List.of(ACCESS_KEY, SECRET_KEY, TOKEN, JDBC_USER, JDBC_PASSWORD);

  private final String accessKey;
  private final String secretKey;
  private final Optional<String> token;
  private final Optional<String> jdbcUser;
  private final Optional<String> jdbcPassword;
  private final @Nullable Credentials reader;

  private Credentials(
      Map<String, String> store, Map<String, String> catalogue, @Nullable Credentials reader) {
    this.reader = reader;
    this.accessKey = store.getOrDefault(ACCESS_KEY, "");
    this.secretKey = store.getOrDefault(SECRET_KEY, "");
    this.token = Optional.ofNullable(catalogue.get(TOKEN));
    this.jdbcUser = Optional.ofNullable(catalogue.get(JDBC_USER));
    this.jdbcPassword = Optional.ofNullable(catalogue.get(JDBC_PASSWORD));
  }

  /** The secrets that {@code settings} call for; those of the home are made when missing. */
  public static Credentials of(Settings settings) {
    return of(settings, System.getenv());
  }

  static Credentials of(Settings settings, Map<String, String> environment) {
    boolean embeddedStore = settings.text(SettingKey.STORE_KIND).equals("embedded");
    boolean embeddedCatalogue = settings.text(SettingKey.CATALOGUE_KIND).equals("embedded");
    Map<String, String> ofHome =
        embeddedStore || embeddedCatalogue ? ofHome(settings.home()) : Map.of();
    Map<String, String> store =
        embeddedStore
            ? ofHome
            : outside(
                settings.optionalPath(SettingKey.STORE_CREDENTIALS),
                environment,
                Map.of(ACCESS_KEY, "AWS_ACCESS_KEY_ID", SECRET_KEY, "AWS_SECRET_ACCESS_KEY"));
    Map<String, String> catalogue =
        new HashMap<>(
            outside(
                settings.optionalPath(SettingKey.CATALOGUE_CREDENTIALS),
                environment,
                Map.of(
                    TOKEN, "TNMT_CATALOGUE_TOKEN",
                    JDBC_USER, "TNMT_CATALOGUE_JDBC_USER",
                    JDBC_PASSWORD, "TNMT_CATALOGUE_JDBC_PASSWORD")));
    if (embeddedCatalogue) {
      catalogue.put(TOKEN, ofHome.get(TOKEN));
    }
    if (!store.containsKey(ACCESS_KEY) || !store.containsKey(SECRET_KEY)) {
      throw TnmtException.of(
          ErrorCode.SETTING_INVALID,
          "thiếu khoá truy cập kho đối tượng / the object store's credentials are missing",
          SettingKey.STORE_CREDENTIALS.key(),
          "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a YAML file with "
              + ACCESS_KEY
              + " and "
              + SECRET_KEY);
    }
    return new Credentials(
        store,
        catalogue,
        new Credentials(
            embeddedStore
                ? Map.of(
                    ACCESS_KEY,
                    store.get(ACCESS_KEY) + "R",
                    SECRET_KEY,
                    derived(store.get(SECRET_KEY)))
                : forReaders(settings, SettingKey.STORE_READER_CREDENTIALS, store),
            embeddedCatalogue
                ? Map.of(TOKEN, derived(catalogue.get(TOKEN)))
                : forReaders(settings, SettingKey.CATALOGUE_READER_CREDENTIALS, catalogue),
            null));
  }

  /** Services of others decide what a reader's secrets may do; without any, readers use ours. */
  private static Map<String, String> forReaders(
      Settings settings, SettingKey file, Map<String, String> ours) {
    return settings.optionalPath(file).map(Credentials::read).orElse(ours);
  }

  private static String derived(String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal("reader".getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** The secrets of those who only read; a reader's own are itself. */
  public Credentials reader() {
    return reader == null ? this : reader;
  }

  public String accessKey() {
    return accessKey;
  }

  public String secretKey() {
    return secretKey;
  }

  /** Bearer token of the REST catalogue. */
  public Optional<String> token() {
    return token;
  }

  public Optional<String> jdbcUser() {
    return jdbcUser;
  }

  public Optional<String> jdbcPassword() {
    return jdbcPassword;
  }

  /** Writes the keys of store and catalogue to a file of mode 600, for clients of others. */
  public void keep(Path file) {
    try {
      WholeFile.write(
          file,
          """
          # Reads only. Written by tnmt up.
          store:
            accessKey: %s
            secretKey: %s
          catalogue:
            token: %s
          """
              .formatted(accessKey, secretKey, token.orElse("")),
          WholeFile.PRIVATE);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.HOME_INVALID,
          "không ghi được tệp khoá / the credentials cannot be written",
          file.toString(),
          "",
          e);
    }
  }

  /** Says that there are secrets, never what they are. */
  @Override
  public String toString() {
    return "Credentials[***]";
  }

  private static Map<String, String> outside(
      Optional<Path> file, Map<String, String> environment, Map<String, String> variables) {
    Map<String, String> found = new HashMap<>();
    file.ifPresent(path -> found.putAll(read(path)));
    if (file.isEmpty()) {
      variables.forEach(
          (key, variable) -> {
            String value = environment.get(variable);
            if (value != null && !value.isBlank()) {
              found.put(key, value);
            }
          });
    }
    return found;
  }

  private static Map<String, String> ofHome(Home home) {
    Path file = home.privateFolder(".").resolve(FILE);
    try {
      if (!Files.exists(file)) {
        make(home, file);
      }
      restrict(file);
    } catch (IOException e) {
      throw TnmtException.of(
          ErrorCode.HOME_INVALID,
          "không ghi được tệp khoá / the credentials cannot be written",
          file.toString(),
          "",
          e);
    }
    return read(file);
  }

  /** Two commands may meet on a new home: the first one's secrets stand. */
  private static synchronized void make(Home home, Path file) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                home.resolve(FILE + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (Files.exists(file) || !lock.isValid()) {
        return;
      }
      WholeFile.write(
          file,
          """
          # Made at random for this home. Keep it secret; delete it (with no command running) to renew it.
          store:
            accessKey: TNMT%s
            secretKey: %s
          catalogue:
            token: %s
          """
              .formatted(random(8).toUpperCase(Locale.ROOT), random(24), random(32)),
          WholeFile.PRIVATE);
    }
  }

  private static void restrict(Path file) throws IOException {
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
    if (Files.getFileStore(file).supportsFileAttributeView("posix")
        && !Files.getPosixFilePermissions(file).equals(owner)) {
      Files.setPosixFilePermissions(file, owner);
    }
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> values = new HashMap<>();
    FlatYaml.read(file)
        .forEach(
            (key, entry) -> {
              if (!KEYS.contains(key)) {
                throw TnmtException.of(
                    ErrorCode.SETTING_UNKNOWN,
                    "không có khoá / there is no credential '" + key + "'",
                    entry.place(),
                    Nearest.hint(key, KEYS));
              }
              values.put(key, entry.value());
            });
    return values;
  }

  /** So many random bytes, in hexadecimal. */
  public static String random(int bytes) {
    byte[] noise = new byte[bytes];
    new SecureRandom().nextBytes(noise);
    return HexFormat.of().formatHex(noise);
  }
}
