//! An address, as pages are told apart by it: one page is fetched as `http` and as `https`, with
//! and without `www.`, with doubled slashes.

/// An address without what does not tell pages apart: scheme, user, `www.`, the scheme's own port,
/// doubled slashes, the name of an index file; the host in lower case. Query and fragment stay,
/// since on some sites they alone name the text.
pub fn address(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (authority, rest) = split_before(rest, &['/', '?', '#']);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host).to_ascii_lowercase();
    let host = host.strip_suffix(":80").or(host.strip_suffix(":443")).unwrap_or(&host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    let (path, rest) = split_before(rest, &['?', '#']);
    let mut address = host.to_owned();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        address.push('/');
        address.push_str(part);
    }
    let folder = address.rfind('/').filter(|at| is_index(&address[at + 1..]));
    match folder {
        Some(at) => address.truncate(at + 1),
        None if path.ends_with('/') || path.is_empty() => address.push('/'),
        None => {}
    }
    address.push_str(rest);
    address
}

/// An address without its host: two hosts may be two names of one site.
pub fn without_host(address: &str) -> &str {
    address.find('/').and_then(|at| address.get(at..)).unwrap_or("")
}

fn split_before<'t>(text: &'t str, marks: &[char]) -> (&'t str, &'t str) {
    text.split_at(text.find(marks).unwrap_or(text.len()))
}

/// `index.html`, `index.php`: what a server answers with for its folder.
fn is_index(name: &str) -> bool {
    let ending = name.strip_prefix("index.");
    ending.is_some_and(|e| (2..=5).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_address_are_one() {
        for (one, other) in [
            (
                "http://www.mfa.ruritania.example/web/t1.shtml",
                "https://mfa.ruritania.example:443/web//t1.shtml",
            ),
            ("http://user@MFA.ruritania.example/", "https://mfa.ruritania.example"),
            ("http://mfa.ruritania.example/news/index.shtml", "http://mfa.ruritania.example/news/"),
            ("http://mfa.ruritania.example/index.php?id=1", "http://mfa.ruritania.example/?id=1"),
        ] {
            assert_eq!(address(one), address(other), "{one}");
        }
    }

    #[test]
    fn what_tells_pages_apart_stays() {
        for (one, other) in [
            ("http://x.example/t1.shtml", "http://x.example/t2.shtml"),
            ("http://x.example/01.htm#1", "http://x.example/01.htm#2"),
            ("http://x.example/index.php?a", "http://x.example/index.php?b"),
            ("http://x.example/T1", "http://x.example/t1"),
            ("http://x.example/index_1.shtml", "http://x.example/"),
            ("http://x.example/a/", "http://y.example/a/"),
        ] {
            assert_ne!(address(one), address(other), "{one}");
        }
        assert_eq!(
            without_host(&address("https://www.x.example/web/t1.shtml?q")),
            "/web/t1.shtml?q"
        );
        assert_eq!(without_host(&address("")), "/");
    }
}
