//! What a damaged record, an index of other bytes and a file of another hand do to the archive.

use super::*;

const FILE: &str = "crawl-00001.warc.gz";

/// Flips a bit in the middle of the first record of a page.
fn damage(corpus: &Corpus) {
    let archive = Archive::open(corpus).unwrap();
    let entry = archive.of_url(PAGE).next().unwrap();
    let path = archive.files()[0].path();
    let mut bytes = std::fs::read(path).unwrap();
    bytes[usize::try_from(entry.offset + entry.length / 2).unwrap()] ^= 1;
    std::fs::write(path, bytes).unwrap();
}

fn pages(corpus: &Corpus) -> Vec<Vec<u8>> {
    let page = |stored| match stored {
        Stored::Page(page) => Some(page.body),
        _ => None,
    };
    stored(corpus).into_iter().filter_map(page).collect()
}

#[test]
fn what_is_damaged_is_archived_again_whole() {
    let (_folder, corpus) = corpus();
    let text = "<p>one</p>".repeat(40);
    let page = |day: &'static str| response(PAGE, day, text.as_bytes());
    with_writer(&corpus, |w| w.response(&page(NOW)).unwrap());
    damage(&corpus);
    assert!(pages(&corpus).is_empty());
    let again = |w: &mut ArchiveWriter<'_>| w.response(&page("2026-11-25T09:00:00Z")).unwrap();
    assert_eq!(with_writer(&corpus, again), Appended::New);
    assert_eq!(
        with_writer(&corpus, |w| w.response(&page("2026-11-26T09:00:00Z")).unwrap()),
        Appended::Revisit
    );
    assert_eq!(
        pages(&corpus),
        [text.as_bytes(), text.as_bytes()],
        "the revisit is of the sound one"
    );
}

#[test]
fn a_damaged_table_is_imported_again() {
    let (_folder, corpus) = corpus();
    let table = "{\"title\":\"a\"}\n".repeat(60);
    let import = |w: &mut ArchiveWriter<'_>| {
        w.resource("a.jsonl", "application/jsonl", None, table.as_bytes()).unwrap()
    };
    assert_eq!(with_writer(&corpus, import), Appended::New);
    assert_eq!(with_writer(&corpus, import), Appended::Known);
    let path = corpus.archive().join(FILE);
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.len() - 20;
    bytes[at] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(with_writer(&corpus, import), Appended::New);
    let digest = Digest::of(table.as_bytes());
    let archive = Archive::open(&corpus).unwrap();
    assert_eq!(archive.payload(&digest).unwrap().as_deref(), Some(table.as_bytes()));
}

#[test]
fn an_index_of_other_bytes_is_not_believed() {
    let (_folder, corpus) = corpus();
    let (path, index) = (corpus.archive().join(FILE), corpus.archive().join("crawl-00001.cdxj"));
    with_writer(&corpus, |w| w.response(&response(PAGE, NOW, b"<p>one</p>")).unwrap());
    let (copy, sound) = (std::fs::read(&path).unwrap(), std::fs::read_to_string(&index).unwrap());
    // A digit of a length is wrong: no writer may cut where it says that the last record ends.
    let length = Archive::open(&corpus).unwrap().of_url(PAGE).next().unwrap().length;
    let wrong = sound.replace(&format!("\"{length}\""), &format!("\"{}\"", length - 4));
    assert_ne!(wrong, sound);
    std::fs::write(&index, wrong).unwrap();
    with_writer(&corpus, |w| assert!(w.repairs().is_empty()));
    assert_eq!(
        (std::fs::read(&path).unwrap(), std::fs::read_to_string(&index).unwrap()),
        (copy.clone(), sound)
    );
    // The file was put back from a copy, its index was not, and the file has grown since.
    let other = "<p>another and longer one</p>".repeat(9);
    with_writer(&corpus, |w| {
        w.response(&response(PAGE, "2026-11-25T09:00:00Z", b"<p>two</p>")).unwrap()
    });
    let stale = std::fs::read_to_string(&index).unwrap();
    std::fs::write(&path, copy).unwrap();
    std::fs::remove_file(&index).unwrap();
    with_writer(&corpus, |w| w.response(&response(PAGE, NOW, other.as_bytes())).unwrap());
    std::fs::write(&index, stale).unwrap();
    assert_eq!(pages(&corpus), [b"<p>one</p>".as_slice(), other.as_bytes()]);
}

#[test]
fn a_file_of_another_name_is_never_cut() {
    let (_folder, corpus) = corpus();
    with_writer(&corpus, |w| w.response(&response(PAGE, NOW, b"<p>one</p>")).unwrap());
    let whole = std::fs::read(corpus.archive().join(FILE)).unwrap();
    let half = whole[..whole.len() - 9].to_vec();
    let names = ["foreign.warc.gz", "crawl-copy.warc.gz"].map(|name| corpus.archive().join(name));
    names.iter().for_each(|path| std::fs::write(path, &half).unwrap());
    with_writer(&corpus, |w| {
        assert!(w.repairs().is_empty());
        w.response(&response(PAGE, NOW, b"<p>two</p>")).unwrap()
    });
    assert!(names.iter().all(|path| std::fs::read(path).unwrap() == half));
    assert!(pages(&corpus).contains(&b"<p>two</p>".to_vec()));
}
