package vn.tnmt.lakehouse.ingestion.feed;

import java.io.Serializable;
import vn.tnmt.lakehouse.base.error.ErrorCode;

/**
 * Something wrong with a feed, found without data.
 *
 * @param what Vietnamese / English
 * @param remedy what to do; empty when there is nothing to advise
 */
public record Problem(ErrorCode code, Place place, String what, String remedy)
    implements Serializable {
  @Override
  public String toString() {
    return code.id() + " " + what + " (" + place + ")" + (remedy.isEmpty() ? "" : ": " + remedy);
  }
}
