//! Starts: the steps of a turn before each of its segments, and which segment a place lies in.

/// Calls `found` with each of the ascending `steps` and the segment that it lies in: of those whose
/// ascending `starts` are given, each in four bytes, the last that starts no later. What stands
/// before the first counts in it.
pub(crate) fn in_segments(starts: &[[u8; 4]], steps: &[u32], mut found: impl FnMut(u32, u32)) {
    for step in steps {
        found(*step, next(starts, *step) as u32 - 1);
    }
}

/// In how many of the segments the ascending `steps` lie.
pub(crate) fn segments_of(starts: &[[u8; 4]], steps: &[u32]) -> u32 {
    // Of most tokens a turn holds few, so that it is worth something to look for all but one.
    let is_parted = |pair: &[u32]| {
        let start = starts.get(next(starts, pair[0]));
        u32::from(start.is_some_and(|start| u32::from_le_bytes(*start) <= pair[1]))
    };
    u32::from(!steps.is_empty()) + steps.windows(2).map(is_parted).sum::<u32>()
}

/// The place of the segment behind the one that the step lies in.
fn next(starts: &[[u8; 4]], step: u32) -> usize {
    // From the whole list each time: a search from where the last one ended would wait for it, and
    // would take another number of turns each time, which the processor cannot foresee.
    starts.partition_point(|start| u32::from_le_bytes(*start) <= step).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_lies_in_the_last_segment_that_starts_no_later() {
        let starts = [2u32, 10, 10, 30].map(u32::to_le_bytes);
        let mut found = Vec::new();
        let steps = [0, 2, 9, 10, 29, 30, 99];
        in_segments(&starts, &steps, |_, segment| found.push(segment));
        assert_eq!(found, [0, 0, 0, 2, 2, 3, 3]);
        assert_eq!(segments_of(&starts, &steps), 3);
        assert_eq!(segments_of(&starts, &[0, 2, 9]), 1);
        let mut of_many = Vec::new();
        let many: Vec<[u8; 4]> = (0..100u32).map(|n| (3 * n + 1).to_le_bytes()).collect();
        in_segments(&many, &[0, 1, 150, 298, 999], |_, segment| of_many.push(segment));
        assert_eq!(of_many, [0, 0, 49, 99, 99]);
        assert_eq!(segments_of(&[], &[0]), 1);
        assert_eq!(segments_of(&starts, &[7]), 1);
    }
}
