//! The charset of a dictionary: what was said, the byte order mark, zeros between the letters, or
//! the look of the bytes.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::Foreign;
use crate::{Error, Result};

/// The text and the charset that it was read as.
///
/// # Errors
/// Where no charset has that name, or where bytes are no text in it, naming the line.
pub(super) fn decoded(foreign: Foreign<'_>) -> Result<(String, &'static str)> {
    let Foreign { path, bytes, charset, .. } = foreign;
    let encoding = match charset {
        Some(name) => Encoding::for_label(name.as_bytes())
            .ok_or_else(|| Error::codebook(path, format!("`{name}` is no charset")))?,
        None => sniffed(bytes),
    };
    let (text, used, has_errors) = encoding.decode(bytes);
    if has_errors {
        let before = text.split('\u{fffd}').next().unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        return Err(Error::codebook(
            path,
            format!(
                "line {line}: bytes that are no text in {}; save the file as UTF-8, or name its \
                 charset with --charset",
                used.name()
            ),
        ));
    }
    Ok((text.into_owned(), used.name()))
}

fn sniffed(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    // A dictionary has keys in Latin letters: in UTF-16 every other byte of them is 0.
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if (even + odd) * 10 > bytes.len() {
        return if odd > even { UTF_16LE } else { UTF_16BE };
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}
