//! Whether a stored turn matches, decided on its text.

use corpus::Lang;
use corpus::pattern::Matcher;

use crate::evaluate::{Facts, Spot, evaluate};
use crate::plan::Plan;
use crate::stored::Stored;
use crate::{Place, Result, orthography};

/// The places at which a turn matches, in order, and in how many segments they count.
pub(crate) struct Verified {
    pub places: Vec<Place>,
    pub segments: u32,
}

/// Checks a turn; `tests` say which tests of the plan hold for it.
pub(crate) fn verify(
    stored: &Stored<'_>,
    lang: Lang,
    plan: &Plan,
    tests: &[bool],
) -> Result<Option<Verified>> {
    let (text, codes) = (stored.text(), stored.codes()?);
    let mut leaves = vec![Vec::new(); plan.leaves.len()];
    if !leaves.is_empty() {
        let simplified = plan.simplified.then(|| orthography::simplified(text));
        let matched = simplified.as_deref().unwrap_or(text);
        for hit in Matcher::find_all(plan.matcher()?, matched, lang) {
            let (start, end) = (hit.start as u32, hit.end as u32);
            let segment = codes.segment_at(start) as u32;
            leaves[hit.entry].push(Spot { start, end, code: 0, segment });
        }
    }
    let coded: Vec<Vec<Spot>> = plan.codes.iter().map(|test| codes.spots(test)).collect();
    let facts =
        Facts { segments: codes.segments.len(), leaves: &leaves, codes: &coded, tests, text };
    let Some(spots) = evaluate(plan, &facts) else { return Ok(None) };
    let place = |spot: &Spot| match codes.segments.get(spot.segment as usize) {
        Some((start, end, _)) if !plan.has_places => Place { start: *start, end: *end },
        _ => Place { start: spot.start, end: spot.end },
    };
    let places = spots.iter().map(place).collect();
    Ok(Some(Verified { places, segments: segments(&spots) }))
}

/// In how many segments the places count.
pub(crate) fn segments(spots: &[Spot]) -> u32 {
    let mut counted: Vec<u32> = spots.iter().map(|spot| spot.segment).collect();
    counted.sort_unstable();
    counted.dedup();
    counted.len() as u32
}
