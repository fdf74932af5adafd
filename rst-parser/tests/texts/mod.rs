//! Texts to parse: random ones, and ones that were made to be slow.

/// Short pieces. A text that repeats one of them is hard for some parsers.
pub const ADVERSARIAL: &[(&str, &str)] = &[
    ("opening brackets", "["),
    ("footnotes without an end", "[#a"),
    ("labels", "[a]_ "),
    ("open emphasis", "*a "),
    ("open strong", "**a "),
    ("open literals", "``a "),
    ("open roles", ":a:`b "),
    ("open phrases", "`a "),
    ("open targets", "_`a "),
    ("open substitutions", "|a "),
    ("stars", "*"),
    ("back-quotes", "`"),
    ("underscores", "_"),
    ("bars", "|"),
    ("names", "a_-"),
    ("percent names", "%a_.%b_,"),
    ("colons", ":"),
    ("colons and letters", "a:"),
    ("links", "http://a.b/c "),
    ("links without an end", "http:///:::;;; "),
    ("queries", "a:b?c#d?"),
    ("at signs", "@"),
    ("addresses", "a@b.c "),
    ("address starts", "a.-"),
    ("backslashes", "\\"),
    ("escaped stars", "\\*"),
    ("embedded links", "`a <b>`_ "),
    ("angle brackets", "`<<<<"),
    ("quotes", "\"*\" "),
    ("one word", "a"),
    ("wide characters", "镜像"),
    ("wide emphasis", "*镜 "),
    ("combining characters", "e\u{301}"),
    ("non-breaking blanks", "\u{a0}a"),
    ("tabs", "\t"),
    ("tabs and letters", "a\tb"),
    ("carriage returns", "a\r"),
    ("form feeds", "\u{c}\n"),
    ("bullets on one line", "- "),
    ("bullets", "- a\n"),
    ("bullets without text", "-\n"),
    ("alternating bullets", "- a\n\n* b\n\n"),
    ("enumerators", "1. a\n"),
    ("automatic enumerators", "#. a\n"),
    ("roman digits", "m"),
    ("digits", "1"),
    ("fields", ":a: b\n"),
    ("open fields", ":a b\n"),
    ("field markers on one line", ":a: "),
    ("options", "-a  b\n"),
    ("option markers", "-a, "),
    ("lines", "| a\n"),
    ("deeper lines", "|  a\n|   b\n|    c\n"),
    ("titles", "a\n=\n"),
    ("overlined titles", "====\na\n====\n"),
    ("rules", "====\n"),
    ("rules and blank lines", "====\n\n"),
    ("short rules", "==\n"),
    ("simple table tops", "== ==\na b\n"),
    ("simple table tops and blanks", "== ==\n\n"),
    ("simple tables", "== ==\na  b\n== ==\n\n"),
    ("spans", "== ==\na  b\n-----\n"),
    ("grid tops", "+--+\n"),
    ("grid tops on one line", "+-"),
    ("grid tops and text", "+--+\na\n"),
    ("grids with a tail", "+--+\n|a |\n+--+\n|b |\n"),
    ("grids", "+---+\n| a |\n+---+\n\n"),
    ("grid rows", "+---+---+\n| a | b |\n"),
    ("crosses", "+++++\n"),
    ("quotes by indentation", " a\n\n"),
    ("attributions", " a\n\n -- b\n\n"),
    ("definitions", "a\n b\n"),
    ("terms", "a : b : "),
    ("literal blocks", "a::\n\n b\n\n"),
    ("quoted literal blocks", "::\n\n> a\n\n"),
    ("comments", ".. a\n"),
    ("empty comments", "..\n\n"),
    ("comments on one line", ".. "),
    ("open target names", ".. _a\n   b\n"),
    ("long target name", "\n   .. _a b"),
    ("targets", ".. _a: b\n"),
    ("anonymous targets", "__ a\n"),
    ("substitutions", ".. |a| replace:: b\n"),
    ("open substitution names", ".. |a\n   b\n"),
    ("footnotes", ".. [1] a\n"),
    ("notes", ".. note:: a\n"),
    ("notes on one line", ".. note:: .. note:: "),
    ("options of directives", ".. note::\n   :name: a\n"),
    ("list tables", ".. list-table::\n\n   * - a\n     - b\n\n"),
    ("csv tables", ".. csv-table::\n\n   a, \"b\"\n\n"),
    ("csv quotes", "\"\","),
    ("unknown directives", ".. a::\n\n   b\n\n"),
    ("doctests", ">>> a\n"),
    ("deeper and deeper", "a\n b\n  c\n   d\n    e\n"),
    ("back and forth", "  a\n b\n   c\n\n"),
];

/// At least `length` bytes of repeated `piece`.
pub fn repeat(piece: &str, length: usize) -> String {
    piece.repeat(length / piece.len() + 1)
}

/// Tables inside of tables.
pub fn nested_table(depth: usize) -> String {
    let mut lines = vec!["a".to_owned()];
    for _ in 0..depth {
        let width = lines
            .iter()
            .map(String::len)
            .max()
            .unwrap_or_default()
            .max(3);
        let border = format!("+{}+", "-".repeat(width));
        let rows = lines.iter().map(|line| format!("|{line:width$}|"));
        lines = std::iter::once(border.clone())
            .chain(rows)
            .chain([border.clone()])
            .collect();
    }
    lines.join("\n")
}

/// Pieces of markup, for random texts.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "   ",
    "\n",
    "\n",
    "\n\n",
    "\t",
    "\r\n",
    "a",
    "ab c",
    "x y z",
    "é",
    "镜像",
    "e\u{301}",
    "\u{a0}",
    "\u{feff}",
    "*",
    "**",
    "`",
    "``",
    "_",
    "__",
    "|",
    ":",
    "::",
    "\\",
    "[",
    "]_",
    "<",
    ">",
    "(",
    ")",
    "\"",
    "'",
    "-",
    "--",
    "=",
    "====",
    "----",
    "+",
    "+---+",
    "|   |",
    "+===+",
    "==== ====",
    "- ",
    "* ",
    "1. ",
    "#. ",
    "(a) ",
    "i. ",
    ":f: ",
    "-o  ",
    "--opt=x  ",
    ">>> ",
    "| ",
    ".. ",
    ".. note:: ",
    ".. table:: ",
    ".. list-table::\n",
    ".. csv-table::\n",
    ".. figure:: ",
    ".. code::\n",
    ".. unknown:: ",
    ".. [1] ",
    ".. [#a] ",
    ".. _t: ",
    ".. |s| replace:: ",
    "__ ",
    ":ref:`a <b>`",
    "http://a.b",
    "a@b.cd",
    "[1]_",
    "name_",
    "|s|",
    "   * - a\n     - b\n",
    "   :name: v\n",
    "\u{c}",
    "\u{2028}",
    "—",
];

/// A generator of texts. The same start makes the same texts.
pub struct Random(u64);

impl Random {
    pub fn new(start: u64) -> Random {
        Random(start.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).unwrap_or_default()
    }

    fn piece(&mut self) -> &'static str {
        PIECES[self.below(PIECES.len())]
    }

    /// At most `most` pieces of markup.
    pub fn markup(&mut self, most: usize) -> String {
        let count = self.below(most);
        (0..count).map(|_| self.piece()).collect()
    }

    /// At most `most` characters of any kind.
    pub fn characters(&mut self, most: usize) -> String {
        let count = self.below(most);
        let character = |random: &mut Random| {
            let bound = [0x80, 0x80, 0x300, 0x3100, 0x11_0000][random.below(5)];
            u32::try_from(random.below(bound))
                .ok()
                .and_then(char::from_u32)
                .unwrap_or('\n')
        };
        (0..count).map(|_| character(self)).collect()
    }

    /// `page` with a few pieces inserted or removed.
    pub fn change(&mut self, page: &str) -> String {
        let mut text = page.to_owned();
        for _ in 0..=self.below(6) {
            let mut start = self.below(text.len());
            while !text.is_char_boundary(start) {
                start -= 1;
            }
            let mut end = (start + self.below(8)).min(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            let piece = self.piece();
            text.replace_range(start..end.max(start), piece);
        }
        text
    }
}
