//! The list of everything that permspec reports, one line each. Codes are stable. This module must never
//! reuse or renumber one.

use std::fmt;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "tools", derive(serde::Serialize))]
#[cfg_attr(feature = "tools", serde(rename_all = "lowercase"))]
pub enum Severity {
    /// A part of the input is lost or contradicts itself, so the run fails.
    Error,
    /// The documentation is probably wrong; the row was read as written.
    Warning,
    /// Good to know. There is nothing to do.
    Note,
}

impl Severity {
    /// The word that is printed: `error`, `warning` or `note`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $severity:ident, $help:literal;)+) => {
        /// A kind of finding. The string form (`P031`) is stable across versions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in numerical order.
            pub const ALL: &'static [Code] = &[$(Code::$name),+];

            /// The stable code, `P` and three digits.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code),+ }
            }

            /// How bad findings of this kind are.
            pub const fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity),+ }
            }

            /// What to do about it, if the finding itself does not say more.
            pub const fn help(self) -> &'static str {
                match self { $(Code::$name => $help),+ }
            }

            /// One sentence on what the code means, from its documentation.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$name => concat!($($doc),+).trim_ascii()),+ }
            }
        }
    };
}

codes! {
    /// A file or folder cannot be read.
    Unreadable = "P001", Error, "check the path and its permissions";
    /// A page is not UTF-8.
    NotUtf8 = "P002", Error, "save the page as UTF-8";
    /// A page does not contain any text.
    EmptyPage = "P003", Error, "restore the page, or remove it from the configuration";
    /// A page has no table that maps API calls to actions.
    NoPermissionTable = "P004", Error, "a permission table has a header cell `API` and one of `Permission`, `Action`, `IAM Project`";
    /// A table of the page is malformed, so its rows cannot be read.
    MalformedTable = "P005", Error, "fix the borders of the table; its rows are lost until then";
    /// The page has an RST construct that could not be read.
    Markup = "P006", Note, "the text was kept as written";
    /// A setting in permspec.toml or of a build script is wrong.
    Configuration = "P007", Error, "see the reference of permspec.toml in the README";
    /// A spec model file cannot be read.
    Model = "P008", Error, "extract the pages again to replace the model";
    /// A file cannot be written.
    Unwritable = "P009", Error, "check the folder, its permissions and the free space on the disk";
    /// A folder or page that is compared has no permission table and no model.
    NothingToCompare = "P010", Warning, "it was compared as if it were empty; check the path and the borders of its tables";
    /// A file is too large to be read.
    TooLarge = "P011", Error, "check the path; a page usually has less than 1 MB, so split a larger one";
    /// A character is invisible, or changes how the text around it is shown.
    Unseen = "P012", Warning, "remove it; if it stays, code, models and terminals show it escaped";
    /// A run over a documentation did not read any row of a permission table.
    NothingRead = "P013", Error, "check the path and the headers of the tables; the option `--allow-empty` accepts an empty result";
    /// The folder of models that should pin names does not exist.
    NothingPinned = "P014", Warning, "extract the models into it; until then, names are made from titles";

    /// A header cell next to an API column is unknown.
    UnknownHeader = "P020", Warning, "the column is ignored; correct the header, or add it to `headers` in permspec.toml";
    /// A row has no cell for a column of its table.
    MissingCell = "P021", Error, "give the row one cell for each column; write `-` into a cell without a value";
    /// A cell that must say something is empty.
    EmptyCell = "P022", Warning, "write `-` if there is no value";
    /// Two columns of a table have the same role.
    RepeatedColumn = "P023", Warning, "the first one is used; remove the other one, or correct its header";
    /// The header row of a permission table is not followed by a line of `=`.
    UnmarkedHeader = "P024", Warning, "write the line below the header row with `=`";

    /// A permission table has no column of actions.
    NoActionColumn = "P025", Warning, "the actions of these calls are not documented; add a column `Action`";

    /// An API cell does not start with a method and a path.
    NotARoute = "P030", Error, "write `METHOD /path`, or `-` if no API belongs to the row";
    /// A word in the place of the method is not an HTTP method.
    UnknownMethod = "P031", Error, "write one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    /// The method is not in upper case.
    MethodCase = "P032", Warning, "write the method in upper case";
    /// There is no space between the method and the path.
    GluedMethod = "P033", Warning, "put a space between method and path";
    /// The path has a scheme and a host.
    HostInPath = "P034", Note, "scheme and host were left out; begin the path with `/`";
    /// The path does not begin with a slash.
    NoLeadingSlash = "P035", Warning, "begin the path with `/`; it was read that way";
    /// The path is split over two paragraphs.
    BrokenPath = "P036", Warning, "write the path in one paragraph; its parts were joined";
    /// The braces of a path do not match.
    PathBraces = "P037", Warning, "write each parameter as `{name}`";
    /// There is no slash between the version and a parameter.
    NoSlashBeforeParameter = "P038", Warning, "put a `/` before the parameter; the path is kept as written";
    /// A path has no method.
    NoMethod = "P039", Warning, "state the method; the path is read as a path for any method";

    /// The text of an action cell is not an action.
    NotAnAction = "P040", Warning, "an action is `service:resource:operation`; write one per paragraph or bullet";
    /// The service of an action is not in lower case.
    ServiceCase = "P041", Warning, "IAM compares the service by its exact text: write it in lower case";
    /// Several actions appear in one paragraph, or punctuation appears next to one.
    ActionSpelling = "P042", Warning, "write one action per paragraph or bullet, with nothing next to it but a label";
    /// The model gives a constant an invalid name, or the name of another constant.
    Constant = "P043", Error, "remove the entry from `constants`; the next extraction adds it again";
    /// A scope cell says neither yes nor no.
    UnknownScope = "P050", Warning, "write `Y` or `x`, or `-` if the scope does not apply";
    /// A scope cell says yes and no.
    MixedScope = "P051", Warning, "give each case its own row; the scope counts as not stated";

    /// Two rows of a page are equal.
    EqualRows = "P060", Warning, "remove one of the two rows, or correct the wrong one; both are kept";
    /// Two operations of a service have the same identifier.
    EqualIds = "P061", Error, "give one of them another `id` in permspec.toml";
    /// An identifier cannot be used as a name in code.
    InvalidId = "P062", Error, "an identifier starts with an upper-case letter and has at most 120 letters and digits; `Self` and `ALL` are reserved";
    /// An identifier in permspec.toml belongs to a route that no page has.
    UnusedOverride = "P063", Error, "correct the route, or remove the line";
    /// A cell states a call twice.
    RepeatedRoute = "P064", Warning, "remove one of the two, or correct it";
    /// A fix-up no longer applies to its page.
    UnusedFixup = "P065", Error, "the page has changed; correct the fix-up, or remove it if the page is correct now";
    /// A dependency is not a documented action, but differs from one by a single character.
    Misprint = "P066", Warning, "correct the action: IAM refuses a policy that names an unknown one";
    /// A path has no version, although the other paths of its service have one.
    NoVersion = "P067", Warning, "begin the path with its version; it is kept as written";
    /// The version in a path is written in another letter case than elsewhere in the service.
    VersionCase = "P068", Warning, "write the version as in the other paths; it is kept as written";
    /// Two rows have one call and different actions, and nothing tells the calls apart.
    SharedRoute = "P069", Note, "say what selects the operation, such as `action=\"os-extend\"`";

    /// Prose or a remark appears next to values.
    Remark = "P070", Note, "it is not part of the model";
    /// A row states in words that no call belongs to it.
    NoCall = "P071", Note, "the operation keeps its actions and gets no route";
    /// An action belongs to another service than the other actions of the tables.
    ForeignAction = "P072", Note, "it is kept as an action of the call; if it is only a dependency, move it to the column of dependencies";
    /// A row of an appendix needs other actions than the row of the page that it copies.
    CopyDiffers = "P073", Warning, "state the same actions in both places; the actions outside of the appendix are kept";

    /// An entry of the table of renamed operations is wrong.
    StaleRename = "P074", Error, "correct the entry, or remove it";
    /// An interface names a row of a permission page that does not exist.
    StaleJoin = "P075", Warning, "extract the reference pages again; until then, the operation has no requirements";

    /// A template cannot be read or rendered.
    Template = "P080", Error, "compare the template with the schema of the context";
    /// The name of a template gives an unusable file name, or the name of another file.
    Output = "P081", Error, "the name of a template is the name of its file; `{service}` or `{page}` in it makes one file per service or page";

    /// The type of a parameter or field is not understood.
    FieldType = "P100", Warning, "write a type such as `String`, `Array of strings`, or a reference to a table; until then, any value is accepted";
    /// A reference in the type of a field leads to no table.
    DanglingReference = "P101", Warning, "put the label right before the table that describes the field";
    /// No field refers to a table of a body.
    OrphanTable = "P102", Warning, "refer to the table in the type of the field that it describes";
    /// A table has two rows for one parameter or field.
    RepeatedField = "P103", Warning, "the first row counts; remove the other one";
    /// A parameter of the path or the query has no row.
    UndescribedParameter = "P104", Warning, "add a row for it; until then, it counts as text";
    /// A row describes a path parameter that the path does not have.
    UnknownPathParameter = "P105", Warning, "correct the name, or list the row with the query parameters";
    /// An example has a key that no table has.
    UndocumentedKey = "P106", Warning, "add a row for the key, or remove it from the example";
    /// An example has a value of another type than the table states.
    ExampleType = "P107", Warning, "correct the type or the example; the schema follows the table";
    /// An example lacks a mandatory field.
    ExampleLacksField = "P108", Warning, "add the field to the example, or make it optional in the table";
    /// An example writes a key in another letter case than the table does.
    KeyCase = "P109", Warning, "write the key as the service does; the schema follows the table";
    /// An example is not valid JSON.
    BrokenJson = "P110", Warning, "correct the example, so that programs can read it";
    /// An example has a value that is not among those that the table lists.
    ExampleValue = "P111", Note, "add the value to the list, or correct the example";
    /// A page has a URI section without a method and a path.
    NoCallInUri = "P112", Warning, "write `METHOD /path` in the URI section; the page is skipped until then";
    /// A row of a permission page states a call that no reference page describes.
    RowWithoutPage = "P113", Note, "correct the call, or add the page; the operation has no interface until then";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(feature = "tools")]
impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_sorted_and_of_one_shape() {
        let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(codes.is_sorted());
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]));
        assert!(codes.iter().all(|c| c.len() == 4 && c.starts_with('P')));
    }

    #[test]
    fn every_code_has_a_help_line_and_a_summary() {
        for code in Code::ALL {
            assert!(
                !code.help().is_empty() && !code.help().ends_with('.'),
                "{code}"
            );
            assert!(code.summary().ends_with('.'), "{code}");
        }
    }
}
