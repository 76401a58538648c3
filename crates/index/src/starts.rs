//! Starts: the steps of a turn before each of its segments, and which segment a place lies in.

/// Calls `found` with each of the ascending `steps` and the segment that it lies in: of `count`
/// segments, whose ascending starts `start` gives, the last that starts no later. What stands
/// before the first counts in it.
pub(crate) fn in_segments(
    count: u32,
    start: impl Fn(u32) -> u32,
    steps: &[u32],
    mut found: impl FnMut(u32, u32),
) {
    // The first segment that starts after the step; those before it are behind for good.
    let mut next = 0;
    for step in steps {
        let (mut reach, mut from) = (1, next);
        while from + reach <= count && start(from + reach - 1) <= *step {
            from += reach;
            reach *= 2;
        }
        let mut to = (from + reach - 1).min(count);
        while from < to {
            let middle = from.midpoint(to);
            if start(middle) <= *step { from = middle + 1 } else { to = middle }
        }
        next = from;
        found(*step, next.saturating_sub(1));
    }
}

/// In how many of the segments the ascending `steps` lie.
pub(crate) fn segments_of(count: u32, start: impl Fn(u32) -> u32, steps: &[u32]) -> u32 {
    if steps.len() == 1 {
        return 1;
    }
    let (mut last, mut segments) = (u32::MAX, 0);
    in_segments(count, start, steps, |_, segment| {
        segments += u32::from(segment != last);
        last = segment;
    });
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_lies_in_the_last_segment_that_starts_no_later() {
        let starts = [2, 10, 10, 30];
        let mut found = Vec::new();
        let steps = [0, 2, 9, 10, 29, 30, 99];
        in_segments(4, |n| starts[n as usize], &steps, |_, segment| found.push(segment));
        assert_eq!(found, [0, 0, 0, 2, 2, 3, 3]);
        assert_eq!(segments_of(4, |n| starts[n as usize], &steps), 3);
        assert_eq!(segments_of(0, |_| 0, &steps), 1);
        assert_eq!(segments_of(4, |n| starts[n as usize], &[7]), 1);
    }
}
