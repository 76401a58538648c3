//! A set of documents of one index segment, as bits.

/// Which of the documents `0..size` are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Docs {
    words: Vec<u64>,
    size: u32,
}

impl Docs {
    pub fn none(size: u32) -> Self {
        Self { words: vec![0; size.div_ceil(64) as usize], size }
    }

    pub fn all(size: u32) -> Self {
        let mut all = Self { words: vec![u64::MAX; size.div_ceil(64) as usize], size };
        if let Some(last) = all.words.last_mut()
            && !size.is_multiple_of(64)
        {
            *last = (1 << (size % 64)) - 1;
        }
        all
    }

    pub fn add(&mut self, doc: u32) {
        self.words[(doc / 64) as usize] |= 1 << (doc % 64);
    }

    pub fn holds(&self, doc: u32) -> bool {
        self.words[(doc / 64) as usize] >> (doc % 64) & 1 == 1
    }

    pub fn and(mut self, other: &Self) -> Self {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= b);
        self
    }

    pub fn or(mut self, other: &Self) -> Self {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
        self
    }

    /// The first document that is `from` or later.
    pub fn next(&self, from: u32) -> Option<u32> {
        let mut at = (from / 64) as usize;
        let mut word = self.words.get(at)? & (u64::MAX << (from % 64));
        while word == 0 {
            at += 1;
            word = *self.words.get(at)?;
        }
        Some(at as u32 * 64 + word.trailing_zeros())
    }

    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The documents in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().zip(0u32..).flat_map(|(word, at)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(at * 64 + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_was_added() {
        for size in [0, 1, 63, 64, 65, 130] {
            assert_eq!(Docs::all(size).iter().collect::<Vec<_>>(), (0..size).collect::<Vec<_>>());
            assert!(Docs::none(size).is_empty());
        }
        let mut some = Docs::none(130);
        [0, 64, 129].into_iter().for_each(|doc| some.add(doc));
        let next = |from| some.next(from);
        assert_eq!([0, 1, 64, 65, 129].map(next), [0, 64, 64, 129, 129].map(Some));
        assert_eq!((some.next(130), some.next(999), Docs::none(0).next(0)), (None, None, None));
        let mut other = Docs::none(130);
        [64, 100].into_iter().for_each(|doc| other.add(doc));
        assert_eq!(some.clone().and(&other).iter().collect::<Vec<_>>(), [64]);
        assert_eq!(some.or(&other).iter().collect::<Vec<_>>(), [0, 64, 100, 129]);
    }
}
