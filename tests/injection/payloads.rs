//! The texts of a hostile page. Each is code somewhere, and has the word `canary` where it would run.
//! This module must never know where a text is put.

/// A kind of attack with its text.
pub type Payload = (&'static str, String);

/// Every payload. Each has one line, because a cell of a table cannot contain more.
pub fn all() -> Vec<Payload> {
    let plain = [
        ("rust string", r#""; pub fn canary() {} //"#),
        ("rust raw string", r##""#; pub fn canary() {} //"##),
        ("rust comment", "*/ pub fn canary() {} /*"),
        ("rust attribute", "#![canary] #[canary] canary!()"),
        ("rust escape", r"\u{22}\x22\\canary\"),
        ("rust format", "{canary} {0} {}"),
        ("markdown link", "[a](javascript:canary)"),
        ("markdown image", "![a](https://canary.example/x.png)"),
        ("markdown fence", "``` canary ~~~ canary"),
        ("markdown cell", "| canary | a \\| b"),
        ("markdown heading", "# canary - canary > canary"),
        ("html script", "</script><script>canary()</script>"),
        ("html image", "\"'><img src=x onerror=canary()>"),
        (
            "html comment",
            "--> <svg onload=canary()> <!-- ]]> &lt;canary&gt;",
        ),
        ("javascript", "';canary();// `${canary()}` \\u0022;canary()"),
        ("minijinja", "{{ canary }} {% canary %} {# canary #}"),
        (
            "other templates",
            "<%= canary %> #{canary} %{ canary } $canary",
        ),
        (
            "shell",
            "$(canary) `canary` ; canary && canary | canary > canary",
        ),
        ("quotes", "' \" ''' \"\"\" ` ´ canary"),
        ("spreadsheet", "=cmd|'/C canary'!A0"),
        ("yaml", "canary: &canary !!canary - [canary"),
        ("newline in words", r"canary\nGET /canary\r\n"),
        ("github command", "::error file=canary::canary %0A::canary"),
        (
            "terminal",
            "\u{1b}[31mcanary\u{1b}]0;canary\u{7}\u{9b}2J\u{7f}\u{0}",
        ),
        (
            "direction",
            "\u{202e}yranac\u{202c}\u{2066}canary\u{2069}\u{202a}\u{202b}\u{202d}\u{2067}\u{2068}",
        ),
        (
            "no width",
            "can\u{200b}ary\u{200c}\u{200d}\u{200e}\u{200f}\u{2060}\u{feff}\u{ad}\u{61c}",
        ),
        (
            "line separators",
            "canary\u{2028}canary\u{2029}canary\u{85}canary",
        ),
        ("tags", "canary\u{e0001}\u{e0063}\u{e0061}\u{e007f}"),
        ("look-alikes", "сanary ｃanary ﹩canary"),
    ];
    let mut all: Vec<Payload> = plain
        .into_iter()
        .map(|(name, text)| (name, text.to_owned()))
        .collect();
    all.push(("one long word", "canary".repeat(1_700)));
    all.push(("many words", "canary ".repeat(1_700)));
    all
}
