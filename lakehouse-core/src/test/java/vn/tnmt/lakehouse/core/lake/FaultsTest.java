package vn.tnmt.lakehouse.core.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import vn.tnmt.lakehouse.base.error.ErrorCode;
import vn.tnmt.lakehouse.base.error.TnmtException;

final class FaultsTest {
  @Test
  void aFullDiskIsToldWhateverWasMadeOfIt() {
    IOException full = new FileSystemException("/data/x", null, "No space left on device");
    TnmtException coded =
        TnmtException.of(ErrorCode.STORE_FAILED, "the report cannot be written", "", "", full);
    assertThat(Faults.told(new IllegalStateException("job aborted", coded)))
        .startsWith("TNMT-3004 ổ đĩa đã đầy / the disk is full (/data/x): ");
    assertThat(Faults.told(new UncheckedIOException(new IOException("Disk quota exceeded"))))
        .startsWith("TNMT-3004 ");
  }

  @Test
  void aReadOnlyDiskIsTold() {
    assertThat(Faults.told(new FileSystemException("/data/x", null, "Read-only file system")))
        .startsWith("TNMT-5005 ổ đĩa chỉ cho đọc / the disk is read-only (/data/x): ");
  }

  @Test
  void aStoreThatAnsweredOrDidNotIsToldWithoutJavasWords() {
    assertThat(
            Faults.told(
                new IllegalStateException(
                    S3Exception.builder().statusCode(503).message("Slow down").build())))
        .startsWith("TNMT-3002 kho đối tượng báo lỗi 503 / the object store answered 503: ");
    assertThat(Faults.told(SdkClientException.create("Unable to execute HTTP request")))
        .startsWith("TNMT-3002 kho đối tượng không trả lời / the object store does not answer: ");
  }

  @Test
  void aCatalogueThatIsGoneIsToldAndWhatItSaidIsKept() {
    assertThat(
            Faults.told(
                new CommitStateUnknownException(
                    new ServiceFailureException("Server error: RuntimeException: null"))))
        .startsWith("TNMT-4001 ")
        .contains("run again")
        .doesNotContain("null");
    assertThat(
            Faults.told(
                new CommitStateUnknownException(
                    new ServiceFailureException(
                        "Service failed: 500: TNMT-4009 khoá / locked (catalogue.db): wait"))))
        .isEqualTo("TNMT-4009 khoá / locked (catalogue.db): wait");
  }

  @Test
  void aFaultOfOursStaysOne() {
    assertThat(Faults.of(new IllegalStateException("a bug"))).isEmpty();
    assertThat(Faults.told(new IllegalStateException("a bug\nsecond line"))).isEqualTo("a bug");
  }
}
