//! Remarks of the parser about a text.
//! A diagnostic never stops the parser, and it never replaces text. Text that cannot be read stays in the
//! document.

use std::fmt;

use crate::Span;

/// How serious a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The text can be read in two plausible ways. No text is lost.
    Info,
    /// The text is read, but its author probably meant something else.
    Warning,
    /// A part of the text cannot be read as the markup that it starts as. It is kept as text.
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
        /// The kind of problem that a [`Diagnostic`] reports. Codes are stable, so that tools can filter
        /// by them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[doc = $doc])* $name,)* }

        impl Code {
            /// Every code, in the order of declaration.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// The name in reports, such as `malformed-table`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text),* }
            }

            /// The severity of every diagnostic with this code.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity),* }
            }
        }
    };
}

codes! {
    /// A grid or simple table, or a table directive, that cannot be read as a table.
    MalformedTable Error "malformed-table"
    /// A line is indented although a paragraph, a table or a quoted literal block was expected to
    /// continue.
    UnexpectedIndentation Error "unexpected-indentation"
    /// Only the indentation ends a block. A blank line is missing.
    UnexpectedUnindent Warning "unexpected-unindent"
    /// A section title in a place where titles are not allowed, such as a table cell.
    UnexpectedTitle Error "unexpected-title"
    /// A title whose overline and underline do not match.
    MalformedTitle Error "malformed-title"
    /// A title longer than its underline or overline.
    ShortTitleLine Warning "short-title-line"
    /// A title that skips a section level.
    InconsistentTitle Error "inconsistent-title"
    /// Two or three punctuation characters that may have been meant as the line of a title.
    PossibleTitle Info "possible-title"
    /// An enumerated list that does not start at one.
    ListStart Info "list-start"
    /// An indented block after `::` that is read as a definition.
    PossibleLiteralBlock Info "possible-literal-block"
    /// `::` announces a literal block, but no literal block follows.
    MissingLiteralBlock Warning "missing-literal-block"
    /// A quoted literal block whose quoting character changes.
    InconsistentQuoting Error "inconsistent-quoting"
    /// A footnote or citation without content.
    MissingContent Warning "missing-content"
    /// Explicit markup that is not any known construct.
    MalformedExplicit Warning "malformed-explicit-markup"
    /// A substitution definition that cannot be read as one.
    MalformedSubstitution Error "malformed-substitution"
    /// A directive whose name is not known. Its content is kept as text.
    UnknownDirective Error "unknown-directive"
    /// A directive whose name is not known. Its content is read, because it is markup.
    UnknownContent Info "unknown-directive-content"
    /// A directive whose arguments, options or content do not fit it.
    MalformedDirective Error "malformed-directive"
    /// Inline markup that starts and does not end.
    UnclosedInline Warning "unclosed-inline-markup"
    /// Interpreted text with two roles, or with a role and a reference mark.
    MalformedRole Warning "malformed-role"
    /// Interpreted text whose role is not known. Its text is kept as it is written.
    UnknownRole Error "unknown-role"
    /// Blocks are nested deeper than the parser reads. The rest is kept as text.
    NestingTooDeep Error "nesting-too-deep"
    /// The text is longer than positions can count. The rest was not read.
    TextTooLong Error "text-too-long"
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One remark about the text, with its place.
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
    /// The text that the remark is about.
    pub span: Span,
    /// How serious it is.
    pub severity: Severity,
    /// The kind of problem.
    pub code: Code,
    /// What is wrong, in one phrase.
    pub message: String,
    /// How to fix it, if that is known.
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
