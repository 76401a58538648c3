//! The archive against itself: what goes in comes out, once, whatever cuts it short.

use std::io::Write;

use super::*;
use crate::{Corpus, Digest, Reason, Reject, Time};

const NOW: &str = "2026-11-24T09:00:00Z";

fn time(text: &str) -> Time {
    text.parse().unwrap()
}

const PAGE: &str = "https://mfa.ruritania.example/t1.html";

fn corpus() -> (tempfile::TempDir, Corpus) {
    let folder = tempfile::tempdir().unwrap();
    let corpus = Corpus::create(folder.path()).unwrap();
    (folder, corpus)
}

fn response<'a>(url: &'a str, captured: &str, payload: &'a [u8]) -> Response<'a> {
    Response {
        url,
        captured: time(captured),
        source: "rt-mfa-en",
        purpose: Purpose::Page,
        request: b"GET /t1.html HTTP/1.1\r\nHost: mfa.ruritania.example\r\n\r\n",
        status: 200,
        headers: &[],
        payload,
    }
}

fn with_writer<T>(corpus: &Corpus, act: impl FnOnce(&mut ArchiveWriter<'_>) -> T) -> T {
    let lock = corpus.lock().unwrap();
    let mut writer = ArchiveWriter::open(corpus, &lock, ArchiveKind::Crawl, time(NOW)).unwrap();
    let result = act(&mut writer);
    writer.finish().unwrap();
    result
}

fn stored(corpus: &Corpus) -> Vec<Stored> {
    let archive = Archive::open(corpus).unwrap();
    let files = archive.files().iter();
    files.flat_map(|f| archive.stored(f).unwrap().map(Result::unwrap).collect::<Vec<_>>()).collect()
}

#[test]
fn a_response_and_a_revisit_name_their_requests() {
    let (_folder, corpus) = corpus();
    with_writer(&corpus, |w| {
        w.response(&response(PAGE, NOW, b"<p>one</p>")).unwrap();
        w.response(&response(PAGE, "2026-11-25T09:00:00Z", b"<p>one</p>")).unwrap();
        let known = w.archive().of_url(PAGE).next().unwrap().clone();
        w.not_modified(&response(PAGE, "2026-11-26T09:00:00Z", b""), &known).unwrap();
        let unasked = Response { request: b"", ..response(PAGE, "2026-11-27T09:00:00Z", b"x") };
        w.response(&unasked).unwrap();
    });
    let archive = Archive::open(&corpus).unwrap();
    let file = std::fs::File::open(archive.files()[0].path()).unwrap();
    let records: Vec<_> = WarcReader::new(file, 1 << 20).unwrap().map(Result::unwrap).collect();
    let id = |r: &Record| r.header("WARC-Record-ID").unwrap().to_owned();
    let of = |kinds: &[&str]| -> Vec<&Record> {
        records.iter().filter(|r| kinds.contains(&r.kind().name())).collect()
    };
    let asked: Vec<_> = of(&["request"]).into_iter().map(|r| Some(id(r))).collect();
    let named: Vec<_> = of(&["response", "revisit"])
        .into_iter()
        .map(|r| r.header("WARC-Concurrent-To").map(str::to_owned))
        .collect();
    assert_eq!(named, [asked, vec![None]].concat());
}

#[test]
fn a_page_and_its_revisit_give_two_captures_of_one_body() {
    let (_folder, corpus) = corpus();
    with_writer(&corpus, |w| {
        assert_eq!(w.response(&response(PAGE, NOW, b"<p>one</p>")).unwrap(), Appended::New);
        let later = response(PAGE, "2026-11-25T09:00:00Z", b"<p>one</p>");
        assert_eq!(w.response(&later).unwrap(), Appended::Revisit);
        assert_eq!(w.response(&later).unwrap(), Appended::Known);
    });
    let pages = stored(&corpus);
    let [Stored::Page(first), Stored::Page(second)] = pages.as_slice() else { panic!("{pages:?}") };
    assert_eq!((&first.body, &first.digest), (&second.body, &second.digest));
    assert_eq!(second.captured, time("2026-11-25T09:00:00Z"));
    let archive = Archive::open(&corpus).unwrap();
    assert_eq!(archive.payload(&first.digest).unwrap().as_deref(), Some(b"<p>one</p>".as_slice()));
}

#[test]
fn an_imported_file_is_archived_once() {
    let (_folder, corpus) = corpus();
    let add = |w: &mut ArchiveWriter<'_>| {
        w.resource("a b.jsonl", "application/x-ndjson", None, b"{}\n").unwrap()
    };
    assert_eq!(with_writer(&corpus, add), Appended::New);
    assert_eq!(with_writer(&corpus, add), Appended::Known);
    let items = stored(&corpus);
    let [Stored::Table { name, bytes, digest, source: None }] = items.as_slice() else {
        panic!("{items:?}")
    };
    assert_eq!((name.as_str(), bytes.as_slice()), ("a b.jsonl", b"{}\n".as_slice()));
    let payload = Archive::open(&corpus).unwrap().payload(digest).unwrap();
    assert_eq!(payload.as_deref(), Some(bytes.as_slice()));
}

#[test]
fn a_copied_record_keeps_its_date_and_is_known_the_second_time() {
    let foreign = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2019-05-01T00:00:00Z\r\n\
                   WARC-Target-URI: <https://mfa.ruritania.example/t1.html>\r\n\
                   Content-Type: application/http; msgtype=response\r\nContent-Length: 49\r\n\r\n\
                   HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>\r\n\r\n\r\n\r\n";
    let record = WarcReader::new(foreign.as_bytes(), 1 << 20).unwrap().next().unwrap().unwrap();
    let (_folder, corpus) = corpus();
    let copy = |w: &mut ArchiveWriter<'_>| w.copy(&record, Some("rt-mfa-en")).unwrap();
    assert_eq!(with_writer(&corpus, copy), Appended::New);
    assert_eq!(with_writer(&corpus, copy), Appended::Known);
    let items = stored(&corpus);
    let [Stored::Page(page)] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!(page.captured, time("2019-05-01T00:00:00Z"));
    assert_eq!((page.url.as_str(), page.source.as_deref()), (PAGE, Some("rt-mfa-en")));
}

/// A page that another archive captured at this time.
fn foreign(date: &str) -> Record {
    let text = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: {date}\r\nWARC-Target-URI: {PAGE}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: 24\r\n\r\n\
         HTTP/1.1 200 OK\r\n\r\n<p>x\r\n\r\n"
    );
    WarcReader::new(text.as_bytes(), 1 << 20).unwrap().next().unwrap().unwrap()
}

#[test]
fn a_record_without_a_time_is_no_capture_and_says_so() {
    let (_folder, corpus) = corpus();
    let reason = "WARC-Date `oops` is no time; write 2026-11-24T09:00:00Z";
    with_writer(&corpus, |w| {
        let copied = w.copy(&foreign("oops"), None).unwrap();
        assert_eq!(copied, Appended::Faulty(reason.to_owned()));
    });
    assert!(stored(&corpus).is_empty());
    // One that lies in an archive from before is a reject there, and the next one is read.
    let path = corpus.archive().join("import-00001.warc.gz");
    let members = ["oops", NOW].map(|date| {
        let record = foreign(date);
        member::compressed(&record.headers, &record.block).unwrap()
    });
    std::fs::write(&path, members.concat()).unwrap();
    let items = stored(&corpus);
    let [Stored::Reject(reject), Stored::Page(page)] = items.as_slice() else {
        panic!("{items:?}")
    };
    assert_eq!((reject.url.as_str(), &reject.reason), (PAGE, &Reason::damaged_record(reason)));
    assert_eq!(page.captured, time(NOW));
    let audited = audit_file(&path, &|_| {}).unwrap();
    assert_eq!(audited.faults.iter().map(|f| f.reason.as_str()).collect::<Vec<_>>(), [reason]);
}

#[test]
fn a_note_that_is_no_json_is_an_error_and_nothing_is_written() {
    let (_folder, corpus) = corpus();
    with_writer(&corpus, |w| {
        let url = "urn:demarche:run:rt-mfa-en";
        let unwritable = std::collections::BTreeMap::from([((1, 2), 3)]);
        let said = w.note(url, time(NOW), "rt-mfa-en", &unwritable).unwrap_err().to_string();
        assert!(said.contains("archive") && said.contains("not to be had as JSON"), "{said}");
        assert_eq!(w.archive().of_url(url).count(), 0);
    });
    assert!(Archive::open(&corpus).unwrap().files().is_empty());
}

#[test]
fn a_fraction_of_a_second_is_kept_as_it_was_written() {
    let (_folder, corpus) = corpus();
    let record = foreign("2026-11-24T10:00:00.500Z");
    let copy = |w: &mut ArchiveWriter<'_>| w.copy(&record, None).unwrap();
    assert_eq!(with_writer(&corpus, copy), Appended::New);
    assert_eq!(with_writer(&corpus, copy), Appended::Known);
    let archive = Archive::open(&corpus).unwrap();
    let file = &archive.files()[0];
    let [entry] = file.entries() else { panic!("{:?}", file.entries()) };
    assert!(entry.captured > time("2026-11-24T10:00:00Z"));
    let copied = archive.record(file, entry).unwrap();
    assert_eq!(copied.header("WARC-Date"), Some("2026-11-24T10:00:00.500Z"));
    // An index line that kept the digits as they were written says the same.
    let index = file.path().with_file_name("crawl-00001.cdxj");
    let lines = std::fs::read_to_string(&index).unwrap();
    std::fs::write(&index, lines.replace("10:00:00.5Z", "10:00:00.500Z")).unwrap();
    assert_eq!(audit_file(file.path(), &|_| {}).unwrap().faults, []);
}

#[test]
fn a_half_written_tail_is_cut_back_to_the_last_whole_record_and_told() {
    for cut in [1, 9, 40] {
        let (_folder, corpus) = corpus();
        with_writer(&corpus, |w| w.response(&response(PAGE, NOW, b"<p>one</p>")).unwrap());
        let path = Archive::open(&corpus).unwrap().files()[0].path().to_owned();
        let whole = std::fs::read(&path).unwrap();
        let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(&whole[..cut]).unwrap();
        assert_eq!(stored(&corpus).len(), 1, "a reader sees whole records only");
        let lock = corpus.lock().unwrap();
        let writer = ArchiveWriter::open(&corpus, &lock, ArchiveKind::Crawl, time(NOW)).unwrap();
        assert_eq!(writer.repairs().iter().map(|r| r.bytes).collect::<Vec<_>>(), [cut as u64]);
        assert_eq!(std::fs::read(&path).unwrap(), whole);
    }
}

#[test]
fn a_damaged_record_in_the_middle_is_a_reject_and_the_rest_is_read() {
    let (_folder, corpus) = corpus();
    with_writer(&corpus, |w| {
        for (n, url) in ["https://a.example/1", "https://a.example/2"].iter().enumerate() {
            w.response(&response(url, NOW, format!("<p>page {n}</p>").as_bytes())).unwrap();
        }
    });
    let archive = Archive::open(&corpus).unwrap();
    let first = &archive.files()[0].entries()[0];
    let path = archive.files()[0].path();
    let mut bytes = std::fs::read(path).unwrap();
    bytes[(first.offset + first.length / 2) as usize] ^= 0x40;
    std::fs::write(path, bytes).unwrap();
    let items = stored(&corpus);
    let [Stored::Reject(reject), Stored::Page(page)] = items.as_slice() else {
        panic!("{items:?}")
    };
    assert!(reject.reason.words() == "damaged record", "{reject:?}");
    assert_eq!(page.url, "https://a.example/2");
}

#[test]
fn the_index_is_derived_again_when_it_is_lost() {
    let (_folder, corpus) = corpus();
    with_writer(&corpus, |w| w.response(&response(PAGE, NOW, b"<p>one</p>")).unwrap());
    let path = corpus.archive().join("crawl-00001.cdxj");
    let before = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    with_writer(&corpus, |_| ());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), before);
}

#[test]
fn files_roll_and_are_read_in_order() {
    let (_folder, corpus) = corpus();
    let lock = corpus.lock().unwrap();
    let writer = ArchiveWriter::open(&corpus, &lock, ArchiveKind::Import, time(NOW)).unwrap();
    let mut writer = writer.roll_after(1);
    for n in 0..3 {
        writer.resource(&format!("{n}.csv"), "text/csv", None, &[n]).unwrap();
    }
    let archive = writer.finish().unwrap();
    let names: Vec<_> = archive.files().iter().map(ArchiveFile::name).collect();
    assert_eq!(names, ["import-00001.warc.gz", "import-00002.warc.gz", "import-00003.warc.gz"]);
}

#[test]
fn a_reject_of_an_import_outlives_what_is_derived() {
    let (_folder, corpus) = corpus();
    let reject = Reject {
        source: None,
        url: "broken.warc@17".into(),
        reason: "no WARC record begins here".into(),
        capture: None,
    };
    with_writer(&corpus, |w| w.reject(&reject).unwrap());
    assert_eq!(with_writer(&corpus, |w| w.reject(&reject).unwrap()), Appended::Known);
    let items = stored(&corpus);
    assert!(matches!(items.as_slice(), [Stored::Reject(found)] if *found == reject), "{items:?}");
}

#[test]
fn a_payload_is_found_by_the_digest_of_its_decoded_body() {
    let (_folder, corpus) = corpus();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(b"<p>regret</p>").unwrap();
    let payload = gzip.finish().unwrap();
    let headers = [("Content-Encoding".to_owned(), "gzip".to_owned())];
    with_writer(&corpus, |w| {
        w.response(&Response { headers: &headers, ..response(PAGE, NOW, &payload) }).unwrap()
    });
    let archive = Archive::open(&corpus).unwrap();
    let found = archive.payload(&Digest::of(b"<p>regret</p>")).unwrap();
    assert_eq!(found.as_deref(), Some(b"<p>regret</p>".as_slice()));
}

#[test]
fn one_damaged_record_does_not_cost_what_stands_behind_it() {
    let record = |n: u32, length: usize| {
        format!(
            "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.example/{n}\r\n\
             Content-Length: {length}\r\n\r\nbread {n}\r\n\r\n"
        )
    };
    let told = |bytes: &[u8]| -> Vec<String> {
        let records = WarcReader::new(bytes, 1 << 20).unwrap();
        let one = |r: Result<_, _>| {
            r.map_or("damaged".to_owned(), |r: Record| r.url().unwrap().to_owned())
        };
        records.map(one).collect()
    };
    let plain = [record(1, 7), record(2, 7).replace("Content-Length", "Contents"), record(3, 7)];
    let expected = ["http://a.example/1", "damaged", "http://a.example/3"];
    assert_eq!(told(plain.concat().as_bytes()), expected);
    let member = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let mut gzip = [1, 2, 3].map(|n| member(&record(n, 7)));
    gzip[1][20] ^= 0x55;
    assert_eq!(told(&gzip.concat()), expected);
}

mod damage;
