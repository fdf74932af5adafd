//! What the emitted types are made of: structs with fields, open enums, and the types of values. This is plain
//! data between the reading of schemas and the writing of Rust.

/// The Rust type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ty {
    /// `String`.
    Text,
    /// `i64`.
    Integer,
    /// `f64`.
    Number,
    /// `bool`.
    Boolean,
    /// Any JSON, because the page does not describe it.
    Json,
    /// A struct or an enum of the module.
    Named(String),
    /// `Vec` of elements.
    List(Box<Ty>),
    /// A map from names to values.
    Map(Box<Ty>),
    /// A struct that contains itself.
    Boxed(String),
}

/// A struct.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Struct {
    pub(super) name: String,
    pub(super) about: String,
    pub(super) fields: Vec<Field>,
    /// The wire names that a request must have, for each form of the object.
    pub(super) forms: Vec<Vec<String>>,
    /// Whether callers make values of it.
    pub(super) is_sent: bool,
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field {
    pub(super) ident: String,
    pub(super) wire: String,
    pub(super) ty: Ty,
    pub(super) about: String,
}

/// An open enum.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    pub(super) name: String,
    pub(super) about: String,
    /// Variants with their texts, in the order of the page.
    pub(super) variants: Vec<(String, String)>,
}

/// A parameter that is not in the path.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sent {
    pub(super) ident: String,
    pub(super) wire: String,
    pub(super) ty: Ty,
    pub(super) about: String,
    pub(super) is_header: bool,
}

/// How the body of a call is made.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum BodyForm {
    /// The page documents no body.
    None,
    /// A value is the whole body.
    Whole(Ty),
    /// The value under the key that tells operations of one call apart.
    Keyed(Ty),
    /// Only the key, with an empty object.
    KeyAlone,
    /// `multipart/form-data` or another form, which the caller writes.
    Written(&'static str),
}

/// What a response becomes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    /// No body.
    Nothing,
    /// A body that the page does not describe.
    Content,
    /// JSON of this type.
    Typed(Ty),
}

/// A parameter of the path.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct InPath {
    pub(super) ident: String,
    /// Whether it means the caller's own project or account, so that it is no argument.
    pub(super) is_own: bool,
}

/// A typed function.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Function {
    /// The identifier of the operation.
    pub(super) id: String,
    /// The parameters of the path.
    pub(super) path: Vec<InPath>,
    /// Required parameters of the query and required headers.
    pub(super) required: Vec<Sent>,
    /// The other parameters. If there are any, the function returns a type with a setter for each.
    pub(super) optional: Vec<Sent>,
    pub(super) body: BodyForm,
    pub(super) answer: Answer,
    /// The name of the type with setters.
    pub(super) call: String,
    pub(super) pages: Option<Pages>,
    pub(super) job: Option<Job>,
    /// A link to its page of the API reference.
    pub(super) page: Option<String>,
}

impl Function {
    /// Whether a parameter of the path has this name.
    pub(super) fn has_in_path(&self, name: &str) -> bool {
        self.path.iter().any(|parameter| parameter.ident == name)
    }

    /// Whether the function says that a call is about the caller's own project or account.
    pub(super) fn is_about_caller(&self) -> bool {
        self.path.iter().any(|parameter| parameter.is_own)
    }

    /// Whether a plain call is not enough.
    pub(super) fn needs_call(&self) -> bool {
        !self.optional.is_empty() || self.pages.is_some() || self.job.is_some()
    }

    /// Whether a call needs nothing but its path, and returns an object.
    #[cfg(feature = "tools")]
    pub(super) fn is_plain(&self) -> bool {
        self.required.is_empty()
            && !self.needs_call()
            && self.body == BodyForm::None
            && matches!(self.answer, Answer::Typed(Ty::Named(_)))
    }

    /// Whether the function returns a type of its own instead of a plain call.
    pub(super) fn has_call(&self) -> bool {
        !self.call.is_empty()
    }
}

/// The pages of a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pages {
    /// The type of an item.
    pub(super) item: Ty,
    /// How the pages follow each other, as a constant expression of the runtime.
    pub(super) paging: String,
}

/// The job that an operation starts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Job {
    /// What the query of the job returns.
    pub(super) answer: Answer,
    /// How the job is asked for, as a constant expression of the runtime.
    pub(super) spec: String,
}

/// All that a module consists of.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Plan {
    pub(super) structs: Vec<Struct>,
    pub(super) choices: Vec<Choice>,
    pub(super) functions: Vec<Function>,
}
