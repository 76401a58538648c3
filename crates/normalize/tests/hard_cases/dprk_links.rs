//! Versions of one statement of the DPRK's on two days.

use corpus::LinkKind;
use normalize::collate;

use crate::dprk_days::{ministry_row, rows};

/// What the ministry says on one day the agency carries on the next: linked where names and numbers
/// agree, and nowhere else.
#[test]
fn versions_of_two_days_in_a_row_are_linked_where_all_agrees() {
    let korean = "조선민주주의인민공화국 외무성 대변인은 미국과 일본의 훈련과 관련하여 2일 조선중앙통신사 기자가 제기한 질문에 다음과 같이 대답하였다.\n미국은 일본과 나토를 끌어들여 20,000명의 병력을 들이밀었다. 로씨야와 중국, 유럽과 우크라이나, 유엔에 대한 위협이다. (지어낸 견본)";
    let english = |troops: &str| {
        format!(
            "A spokesperson for the DPRK Foreign Ministry gave the following answer to a question put by KCNA on July 2 as regards the drill of the U.S. and Japan:\nThe U.S. has drawn Japan and NATO into sending {troops} troops. It is a threat to Russia and China, to Europe and Ukraine and to the UN. (invented sample)"
        )
    };
    let of = |troops: &str, next: &str| {
        let readings = rows(&[
            ministry_row("en", "2022-07-02", &english(troops)),
            serde_json::json!({"institution": "DPRK MFA via KCNA", "lang": "ko", "date": next, "title": "외무성 대변인대답", "url": "http://x.example/k", "body": korean}),
        ]);
        let links = collate(readings).links;
        links.into_iter().map(|link| link.kind).collect::<Vec<_>>()
    };
    assert_eq!(of("20,000", "2022-07-02"), [LinkKind::Twin]);
    assert_eq!(of("20,000", "2022-07-03"), [LinkKind::Twin]);
    assert_eq!(of("30,000", "2022-07-03"), []);
    assert_eq!(of("20,000", "2022-07-04"), []);
}
