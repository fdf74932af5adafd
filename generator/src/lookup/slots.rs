//! A hash of a node's texts that gives each text its own slot. The hash uses eight bytes, so this module must
//! never rely on slots alone to distinguish texts.

/// The same as in `permspec_runtime`, `lookup/trie.rs`.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
/// How many seeds are tried for each size. If no seed is found for a node with many texts, several texts
/// share a slot.
const SEEDS: u16 = 512;
/// The search for a seed takes time in proportion to the texts, so it is skipped for large nodes.
const LARGE: usize = 4096;

/// Which slot each key falls into.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slots {
    pub(super) seed: u16,
    pub(super) bits: u8,
}

impl Slots {
    /// The smallest number of slots, up to eight per key, in which no two keys collide. Equal keys count
    /// once.
    pub(super) fn of(keys: &[u64]) -> Self {
        let mut keys = keys.to_vec();
        keys.sort_unstable();
        keys.dedup();
        let least = u8::try_from(keys.len().next_power_of_two().ilog2()).unwrap_or(u8::MAX);
        let seeds = if keys.len() > LARGE { 0 } else { SEEDS };
        let sizes = least..=least + 3;
        let mut all = sizes.flat_map(|bits| (0..seeds).map(move |seed| Slots { seed, bits }));
        all.find(|slots| slots.keeps_apart(&keys)).unwrap_or(Slots {
            seed: 0,
            bits: least,
        })
    }

    pub(super) fn slot(&self, key: u64) -> usize {
        let hash = key.wrapping_mul((u64::from(self.seed) * 2 + 1).wrapping_mul(MULTIPLIER));
        usize::try_from((hash >> 1) >> (63 - self.bits)).unwrap_or(usize::MAX)
    }

    fn keeps_apart(&self, keys: &[u64]) -> bool {
        let mut taken = vec![false; 1 << self.bits];
        keys.iter()
            .all(|key| !std::mem::replace(&mut taken[self.slot(*key)], true))
    }
}

/// The first eight bytes of a text. A shorter text is filled with zeros.
pub(super) fn key(text: &[u8]) -> u64 {
    let bytes = text.iter().take(8);
    bytes.rev().fold(0, |key, byte| key << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_to_a_hundred_texts_have_slots_of_their_own() {
        for count in 0..100 {
            let keys: Vec<u64> = (0..count)
                .map(|n| key(format!("os-{n}").as_bytes()))
                .collect();
            let slots = Slots::of(&keys);
            assert!(slots.keeps_apart(&keys), "{count} {slots:?}");
        }
    }

    #[test]
    fn equal_keys_do_not_make_it_fail() {
        let keys = [
            key(b"security-groups"),
            key(b"security-group-rules"),
            key(b"vpcs"),
        ];
        assert_eq!(keys[0], keys[1]);
        assert_eq!(Slots::of(&keys).bits, 1);
    }
}
