//! The utterance: what shares are counted over. Which turns make one is told by their roles and
//! the kind of text, whatever is coded in them.

use crate::{Genre, Role};

/// The number of each turn's utterance, from 1 in order; 0 of a note, which is in none.
///
/// Where questions are asked, questions in a row with the answers after them are one, paragraphs of
/// narration are one, an announcement is one. In a digest each item is one. Any other text is one
/// as a whole.
pub fn utterance_numbers(genre: Genre, roles: &[Role]) -> Vec<u32> {
    let asks = roles.contains(&Role::Question);
    let (mut utterance, mut before) = (0, None);
    let number = |role: &Role| {
        if *role == Role::Note {
            return 0;
        }
        let joins = match (before, role) {
            (None, _) => false,
            _ if genre == Genre::Digest => false,
            _ if !asks => true,
            (Some(Role::Question), Role::Question | Role::Answer)
            | (Some(Role::Answer), Role::Answer)
            | (Some(Role::Narration), Role::Narration) => true,
            _ => false,
        };
        utterance += u32::from(!joins);
        before = Some(*role);
        utterance
    };
    roles.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_take_their_answers_and_a_digest_falls_into_its_items() {
        use Role::{Announcement, Answer, Narration, Note, Question};
        let of = |genre, roles: &[Role]| utterance_numbers(genre, roles);
        let briefing = [
            Announcement,
            Question,
            Question,
            Answer,
            Answer,
            Note,
            Question,
            Answer,
            Narration,
            Narration,
            Announcement,
            Announcement,
        ];
        assert_eq!(of(Genre::PressConference, &briefing), [1, 2, 2, 2, 2, 0, 3, 3, 4, 4, 5, 6]);
        let text = [Narration, Note, Announcement, Answer];
        assert_eq!(of(Genre::Statement, &text), [1, 0, 1, 1]);
        assert_eq!(of(Genre::Digest, &text), [1, 0, 2, 3]);
        assert_eq!(of(Genre::Digest, &[Narration, Narration]), [1, 2]);
        assert_eq!(of(Genre::Digest, &[]), [0; 0]);
    }
}
