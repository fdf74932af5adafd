//! Paths that a client might request, and paths that nobody should request.
//! The sequence is the same in every run. This module must never use the time or chance.

use permspec_runtime::Endpoint;

/// A sequence of pseudo-random numbers: xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift
/// generators, scrambled").
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap() % limit
    }

    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const VALUES: [&str; 12] = [
    "70a599e0-31e7-49b7-b260-868f441e862b",
    "edc89b490d7d4392898e19b2deb34797",
    "detail",
    "action",
    "tags",
    "a%2Fb",
    "eu-de:x",
    "é",
    "%C3%A9%zz%",
    "..x",
    "1",
    "V1.0",
];

/// The template with a value for each parameter.
pub fn call(endpoint: &Endpoint, numbers: &mut Numbers) -> String {
    let mut path = String::new();
    let mut rest = endpoint.path;
    while let Some((before, inside)) = rest.split_once('{') {
        let (_, after) = inside.split_once('}').expect("the catalogue's braces pair");
        path += before;
        // A path that begins with a version accepts nothing else there.
        let begins = path == "/" && inside[..inside.len() - after.len()].contains("version");
        path += if begins {
            "v2.1"
        } else {
            numbers.pick(&VALUES)
        };
        rest = after;
    }
    path += &rest.replace('*', "v1/namespaces/default");
    path
}

/// The path with one change. It may then belong to another operation, or to none.
pub fn mutated(path: &str, numbers: &mut Numbers) -> String {
    let segments: Vec<&str> = path.split('/').collect();
    let at = numbers.below(segments.len());
    let with = |segment: &str| {
        let mut segments = segments.clone();
        segments[at] = segment;
        segments.join("/")
    };
    let characters: Vec<(usize, char)> = path.char_indices().collect();
    let Some(&(offset, character)) = characters.get(numbers.below(characters.len().max(1))) else {
        return "/".to_owned();
    };
    let (before, after) = (&path[..offset], &path[offset + character.len_utf8()..]);
    match numbers.below(16) {
        0 => format!("{path}/"),
        1 => format!("{path}//"),
        2 => format!("{path}?limit=10&next=/v2/images"),
        3 => format!("https://ims.eu-de.otc.t-systems.com{path}#top"),
        4 => with("."),
        5 => with("%2e%2E"),
        6 => with(""),
        7 => with(numbers.pick(&VALUES)),
        8 => with(&segments[at].to_uppercase()),
        9 => with(
            &segments[at]
                .bytes()
                .map(|byte| format!("%{byte:02x}"))
                .collect::<Vec<_>>()
                .concat(),
        ),
        10 => with(&format!("{}x", segments[at])),
        11 => with(&format!("{}/{}", segments[at], segments[at])),
        12 => format!("{before}{after}"),
        13 => format!("{before}\0{after}"),
        14 => format!("{before}%{:02X}{after}", u32::from(character) & 0xff),
        _ => format!("{before}/{after}"),
    }
}
