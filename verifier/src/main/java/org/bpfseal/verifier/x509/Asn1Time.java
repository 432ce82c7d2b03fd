// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.x509;

import java.time.LocalDate;
import java.time.YearMonth;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.ber.BerElement;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Times of certificates and signing times.
 *
 * <p>{@code YYMMDDHHMMSSZ} as UTCTime, {@code YYYYMMDDHHMMSSZ} as GeneralizedTime from 2050 on.
 * Hour 24 and second 60 are allowed, years before 1970 are not. Mirrors {@code x509_decode_time()}
 * of crypto/asymmetric_keys/x509_cert_parser.c.
 */
public final class Asn1Time {
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;

  private final BerElement element;
  private final String path;
  private final Bytes text;
  private int position;

  private Asn1Time(BerElement element, String path) {
    this.element = element;
    this.path = path;
    this.text = element.contents();
  }

  /** Seconds since 1970. */
  public static long read(BerElement element, String path) throws Refusal {
    return new Asn1Time(element, path).read();
  }

  private long read() throws Refusal {
    int year = year();
    int month = twoDigits();
    int day = twoDigits();
    int hour = twoDigits();
    int minute = twoDigits();
    int second = twoDigits();
    boolean fits =
        text.at(position) == 'Z'
            && year >= 1970
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= YearMonth.of(year, month).lengthOfMonth()
            && hour <= 24
            && minute <= 59
            && second <= 60;
    if (!fits) {
      throw refuse();
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return ((days * 24 + hour) * 60 + minute) * 60 + second;
  }

  private int year() throws Refusal {
    if (element.tag() == UTC_TIME && text.size() == 13) {
      int year = twoDigits();
      return year + (year >= 50 ? 1900 : 2000);
    }
    if (element.tag() == GENERALIZED_TIME && text.size() == 15) {
      int century = twoDigits();
      int year = century * 100 + twoDigits();
      // Years before 1950 are written so too, but all before 1970 are refused.
      if (year > 2049) {
        return year;
      }
    }
    throw refuse();
  }

  private int twoDigits() throws Refusal {
    int value = digit() * 10;
    return value + digit();
  }

  private int digit() throws Refusal {
    int digit = text.at(position++) - '0';
    if (digit < 0 || digit > 9) {
      throw refuse();
    }
    return digit;
  }

  private Refusal refuse() {
    String found = "tag " + element.tagText() + ", " + text;
    return Refusal.at(Check.CERTIFICATE_TIME, path, element.offset(), found);
  }
}
