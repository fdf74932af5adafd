//! What the parser has to say about a text besides its structure.
//! A diagnostic never stops the parser, and it never replaces text: what is not understood stays readable.

use std::fmt;

use crate::Span;

/// How much a [`Diagnostic`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The text is read in one of two plausible ways; nothing is lost.
    Info,
    /// The text is read, but its author likely meant something else.
    Warning,
    /// A piece of the text cannot be read as the markup it starts as; it is kept as text.
    Error,
}

impl Severity {
    /// The name in lower case: `info`, `warning` or `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident $severity:ident $text:literal)*) => {
        /// What kind of problem a [`Diagnostic`] reports; stable, so that tools can filter by it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[doc = $doc])* $name,)* }

        impl Code {
            /// Every code, in the order of their declaration.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// The name used in reports, such as `malformed-table`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text),* }
            }

            /// The severity every diagnostic of this code has.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity),* }
            }
        }
    };
}

codes! {
    /// A grid or simple table, or a table directive, that cannot be read as a table.
    MalformedTable Error "malformed-table"
    /// A line is indented where a paragraph, table or quoted literal block was expected to go on.
    UnexpectedIndentation Error "unexpected-indentation"
    /// A block ends by indentation alone, without a blank line.
    UnexpectedUnindent Warning "unexpected-unindent"
    /// A section title where none may stand, such as in a table cell.
    UnexpectedTitle Error "unexpected-title"
    /// A title whose overline and underline do not make a title.
    MalformedTitle Error "malformed-title"
    /// A title longer than its underline or overline.
    ShortTitleLine Warning "short-title-line"
    /// A title that skips a section level.
    InconsistentTitle Error "inconsistent-title"
    /// Two or three punctuation characters that may have been meant as a title line.
    PossibleTitle Info "possible-title"
    /// An enumerated list that does not start at one.
    ListStart Info "list-start"
    /// An indented block after `::` that was read as a definition.
    PossibleLiteralBlock Info "possible-literal-block"
    /// `::` announces a literal block and none follows.
    MissingLiteralBlock Warning "missing-literal-block"
    /// A quoted literal block that changes its quoting character.
    InconsistentQuoting Error "inconsistent-quoting"
    /// A footnote or citation without content.
    MissingContent Warning "missing-content"
    /// An explicit markup start that fits no construct.
    MalformedExplicit Warning "malformed-explicit-markup"
    /// A substitution definition that cannot be read as one.
    MalformedSubstitution Error "malformed-substitution"
    /// A directive whose name is not known; its text is kept, unread.
    UnknownDirective Error "unknown-directive"
    /// A directive whose name is not known, and whose content is read, because it is markup.
    UnknownContent Info "unknown-directive-content"
    /// A directive whose arguments, options or content do not fit it.
    MalformedDirective Error "malformed-directive"
    /// Inline markup starts and does not end.
    UnclosedInline Warning "unclosed-inline-markup"
    /// Interpreted text with two roles, or with a role and a reference mark.
    MalformedRole Warning "malformed-role"
    /// Interpreted text whose role is not known; its text is kept as written.
    UnknownRole Error "unknown-role"
    /// Blocks are nested deeper than the parser follows; the rest is kept as text.
    NestingTooDeep Error "nesting-too-deep"
    /// The text is longer than positions can count; the rest was not read.
    TextTooLong Error "text-too-long"
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One remark about the text, with the place it is about.
///
/// Messages are in lower case without a full stop, and quote the text in back-ticks.
///
/// ```
/// let parsed = rst_parser::parse("*open\n");
/// let diagnostic = &parsed.diagnostics[0];
/// assert_eq!(diagnostic.code.as_str(), "unclosed-inline-markup");
/// assert_eq!(diagnostic.message, "emphasis starts with `*` and does not end");
/// assert_eq!((diagnostic.span.line, diagnostic.span.column), (1, 1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The text it is about.
    pub span: Span,
    /// How much it matters.
    pub severity: Severity,
    /// What kind of problem it is.
    pub code: Code,
    /// What is wrong, in one phrase.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Span { line, column, .. } = self.span;
        write!(
            f,
            "{line}:{column}: {}[{}]: {}",
            self.severity, self.code, self.message
        )
    }
}
