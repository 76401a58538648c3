//! The container of a bundle: a plain POSIX tar that any tool opens, in one canonical form.
//!
//! Canonical means that every byte follows from the members' paths and contents: no owner, no
//! time, no padding but zeros. A reader that finds anything else refuses, so that no byte of a
//! bundle can change unseen.

use std::io::{self, Read, Write};

/// Length of a block; headers and contents fill whole ones.
const BLOCK: usize = 512;

/// The largest size that eleven octal digits hold.
const LARGEST: u64 = 0o77_777_777_777;

/// Writes members one after the other.
pub(super) struct Writer<W: Write> {
    out: W,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out }
    }

    /// Adds a member of `size` bytes.
    pub(super) fn add(&mut self, path: &str, size: u64, content: &mut impl Read) -> io::Result<()> {
        self.out.write_all(&header(path, size).map_err(io::Error::other)?)?;
        let copied = io::copy(content, &mut self.out)?;
        if copied != size {
            return Err(io::Error::other(format!("{path} changed while it was bundled")));
        }
        self.out.write_all(&[0; BLOCK][..padding(size)])
    }

    /// Ends the archive with its two empty blocks.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.out.write_all(&[0; 2 * BLOCK])?;
        Ok(self.out)
    }
}

/// Reads the next header: path and size, or `None` at the end. What is not canonical is an error
/// of kind `InvalidData` that says what.
pub(super) fn next_header(reader: &mut impl Read) -> io::Result<Option<(String, u64)>> {
    let mut block = [0; BLOCK];
    reader.read_exact(&mut block)?;
    if block == [0; BLOCK] {
        reader.read_exact(&mut block)?;
        let mut rest = [0; 1];
        if block != [0; BLOCK] || reader.read(&mut rest)? != 0 {
            return Err(invalid("there is something after the end"));
        }
        return Ok(None);
    }
    let (path, size) = parse(&block).ok_or_else(|| invalid("a header is damaged"))?;
    if !is_plain(&path) {
        return Err(invalid(&format!("`{path}` is no path inside the bundle")));
    }
    if header(&path, size).as_ref().map(|h| h != &block).unwrap_or(true) {
        return Err(invalid(&format!("the header of {path} is not as this program writes it")));
    }
    Ok(Some((path, size)))
}

/// Reads the zeros after a member of `size` bytes.
pub(super) fn skip_padding(reader: &mut impl Read, path: &str, size: u64) -> io::Result<()> {
    let mut block = [0; BLOCK];
    let padding = &mut block[..padding(size)];
    reader.read_exact(padding)?;
    if padding.iter().any(|&byte| byte != 0) {
        return Err(invalid(&format!("the bytes after {path} are not empty")));
    }
    Ok(())
}

fn padding(size: u64) -> usize {
    (BLOCK - (size % BLOCK as u64) as usize) % BLOCK
}

/// A relative path of plain names: nothing that leaves the folder it is unpacked into.
fn is_plain(path: &str) -> bool {
    let name = |part: &str| !part.is_empty() && part != "." && part != "..";
    let shown = path.chars().all(|c| !c.is_control() && c != '\\' && c != ':');
    !path.is_empty() && shown && path.split('/').all(name)
}

/// The ustar header of a regular file.
fn header(path: &str, size: u64) -> Result<[u8; BLOCK], String> {
    if size > LARGEST {
        return Err(format!("{path} is larger than a bundle can hold"));
    }
    let (prefix, name) = split(path).ok_or_else(|| format!("{path}: the path is too long"))?;
    let mut block = [0; BLOCK];
    let mut put = |at: usize, bytes: &[u8]| block[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, name.as_bytes());
    put(100, b"0000644\0");
    put(108, b"0000000\0");
    put(116, b"0000000\0");
    put(124, format!("{size:011o}\0").as_bytes());
    put(136, b"00000000000\0");
    put(148, b"        ");
    put(156, b"0");
    put(257, b"ustar\x0000");
    put(345, prefix.as_bytes());
    let sum: u32 = block.iter().map(|&byte| u32::from(byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    Ok(block)
}

/// Prefix of up to 155 and name of up to 100 bytes, parted at a slash.
fn split(path: &str) -> Option<(&str, &str)> {
    if path.len() <= 100 {
        return Some(("", path));
    }
    let mut places = path.match_indices('/').map(|(i, _)| (&path[..i], &path[i + 1..]));
    places.find(|(prefix, name)| prefix.len() <= 155 && name.len() <= 100)
}

fn parse(block: &[u8; BLOCK]) -> Option<(String, u64)> {
    let text = |range: std::ops::Range<usize>| {
        let field = &block[range];
        let end = field.iter().position(|&byte| byte == 0).unwrap_or(field.len());
        std::str::from_utf8(&field[..end]).ok()
    };
    let size = u64::from_str_radix(text(124..136)?, 8).ok()?;
    let (name, prefix) = (text(0..100)?, text(345..500)?);
    let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") };
    Some((path, size))
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn packed(members: &[(String, Vec<u8>)]) -> Vec<u8> {
        let mut writer = Writer::new(Vec::new());
        for (path, bytes) in members {
            writer.add(path, bytes.len() as u64, &mut bytes.as_slice()).unwrap();
        }
        writer.finish().unwrap()
    }

    fn unpacked(mut bytes: &[u8]) -> io::Result<Vec<(String, Vec<u8>)>> {
        let mut members = Vec::new();
        while let Some((path, size)) = next_header(&mut bytes)? {
            let mut content = vec![0; usize::try_from(size).unwrap().min(bytes.len())];
            bytes.read_exact(&mut content)?;
            skip_padding(&mut bytes, &path, size)?;
            members.push((path, content));
        }
        Ok(members)
    }

    #[test]
    fn paths_that_leave_the_folder_are_refused() {
        for path in ["../a", "/a", "a//b", "a/./b", "a/..", "c:a", "a\\b", ""] {
            assert!(!is_plain(path), "{path}");
        }
        assert!(is_plain("statements/rr-mfa-en/2035-01.parquet"));
    }

    proptest! {
        #[test]
        fn members_come_back_as_written(
            members in prop::collection::vec(
                ("[a-z]{1,90}(/[a-z]{1,60}){0,2}", prop::collection::vec(any::<u8>(), 0..1500)),
                0..4,
            ),
        ) {
            prop_assert_eq!(unpacked(&packed(&members)).unwrap(), members);
        }

        #[test]
        fn a_changed_byte_is_refused_or_changes_a_member(
            content in prop::collection::vec(any::<u8>(), 0..700),
            at in any::<prop::sample::Index>(),
            change in 1_u8..=255,
        ) {
            let members = vec![("a/b".to_owned(), content)];
            let mut bytes = packed(&members);
            let at = at.index(bytes.len());
            bytes[at] ^= change;
            if let Ok(found) = unpacked(&bytes) {
                prop_assert_ne!(found, members);
            }
        }
    }
}
