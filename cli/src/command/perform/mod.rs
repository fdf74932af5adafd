//! `permspec call`: makes the request of one operation, and sends it or prints it.
//! This module must never send a call that may change something unless the user agreed to it.

mod address;
mod curl;
mod given;
mod help;
mod parameters;

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use permspec::model::{Access, Interface};
use permspec::{Code, Diagnostic, Error, Location, nearest};
use permspec_runtime::{Method, Problem, Request, Response, RouteSpec, ServiceSpec};

use crate::arguments::Call;
use crate::catalogue::OpenedCatalogue;
use crate::output::{print_line, print_raw, quoted, say};
use crate::{Verdict, catalogue};
pub(super) use address::{handle, settings, wait};
use given::Given;

/// How long one attempt may take.
const TIMEOUT: Duration = Duration::from_secs(60);

pub fn run(options: &Call, config: Option<&Path>) -> Result<Verdict, Error> {
    let given = Given::read(options)?;
    let Some(operation) = &given.options.operation else {
        print_line(help::of_command());
        return Ok(Verdict::Clean);
    };
    let service = operation.split_once('.').map(|(service, _)| service);
    let service = given.options.service.as_deref().or(service);
    let known = catalogue::open_whole(given.options.catalogue, config, service)?;
    let wanted = Wanted::find(&known, operation, &given)?;
    if given.options.help {
        print_line(help::text(&wanted));
        return Ok(Verdict::Clean);
    }
    let request = request(&wanted, &given)?;
    let changes = !matches!(request.method(), Method::Get | Method::Head);
    if given.options.dry_run {
        print_line(curl::text(&request, &given.options));
        return Ok(Verdict::Clean);
    }
    if changes && !given.options.yes {
        say(&curl::text(&request, &given.options));
        return Err(fault(
            "the call may change something, and was not sent",
            "add --yes to send it, or --dry-run to see it only",
        ));
    }
    let cloud = address::cloud(&given.options, request.service())?;
    match wait(cloud.send(request))? {
        Ok(response) => {
            show(&response, given.options.include);
            Ok(Verdict::Clean)
        }
        Err(error) => {
            say(&format!("error: {error:#}"));
            Ok(Verdict::Findings)
        }
    }
}

/// The operation that is called, with what the catalogue knows about it.
pub(super) struct Wanted<'k> {
    /// `None` for a call that the catalogue lacks.
    spec: Option<&'static RouteSpec>,
    service: &'static ServiceSpec,
    interface: Option<&'k Interface>,
    access: Access,
}

impl<'k> Wanted<'k> {
    fn find(
        known: &'k OpenedCatalogue,
        operation: &str,
        given: &Given,
    ) -> Result<Wanted<'k>, Error> {
        if let Some(service) = &given.options.service {
            known.check_service(Some(service))?;
            let place = known.service(service);
            return Ok(Wanted {
                spec: None,
                service: place.ok_or_else(|| fault("the service is not known", ""))?,
                interface: None,
                access: Access::default(),
            });
        }
        let catalogue = known.catalogue(None)?;
        let text = known.present_name(operation);
        let spec = catalogue.get(&text).or_else(|| {
            let plain = plain(&text);
            let mut alike = catalogue
                .specs()
                .filter(|it| self::plain(&it.to_string()) == plain);
            alike.next().filter(|_| alike.next().is_none())
        });
        let Some(spec) = spec else {
            let names: Vec<String> = catalogue.specs().map(ToString::to_string).collect();
            let help = match nearest(&text, names.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => {
                    "`permspec search WORDS` finds operations by words; --service calls what the \
                         catalogue lacks"
                        .to_owned()
                }
            };
            let message = format!("{} is not an operation", quoted(&text));
            return Err(fault(&message, &help));
        };
        let mut interfaces = known.interfaces.iter().map(|file| &file.interface);
        let services = permspec::pipeline::services(&known.project, &[]);
        let own = services.into_iter().find(|it| it.name == spec.service);
        Ok(Wanted {
            spec: Some(spec),
            service: spec
                .service_spec
                .ok_or_else(|| fault("the service is not known", ""))?,
            interface: interfaces.find(|it| it.service == spec.service && it.id == spec.id),
            access: own.map(|service| service.access).unwrap_or_default(),
        })
    }
}

/// A name without case and separators: `ims.list_images` is `ims.ListImages`.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| !matches!(letter, '_' | '-'));
    letters.flat_map(char::to_lowercase).collect()
}

/// The request with everything that was given.
fn request(wanted: &Wanted<'_>, given: &Given) -> Result<Request, Error> {
    let mut request = match wanted.spec {
        Some(spec) => parameters::documented(spec, wanted, given)?,
        None => parameters::written(wanted.service, given)?,
    };
    for (name, value) in given::pairs("--query", &given.options.query)? {
        request = request.query(name, value);
    }
    for (name, value) in given::pairs("--header", &given.options.header)? {
        request = request.header(name, value);
    }
    if let Some(body) = &given.options.body {
        let text = body_text(body)?;
        let json: serde_json::Value = serde_json::from_str(&text).map_err(|error| {
            let message = format!("the body is not JSON: {error}");
            fault(&message, "--body takes JSON, `@FILE` or `-`")
        })?;
        request = request
            .json(&json)
            .map_err(|error| fault(&error.to_string(), ""))?;
    }
    match request.check() {
        // The session of the caller has the value.
        Err(error) if !matches!(error.problem(), Problem::UnsetParameter { .. }) => {
            let help = "`permspec call OPERATION --help` shows what the operation takes";
            Err(fault(&error.to_string(), help))
        }
        _ => Ok(request),
    }
}

fn body_text(body: &str) -> Result<String, Error> {
    let mut text = String::new();
    let read = match body.strip_prefix('@') {
        Some(file) => std::fs::read_to_string(file).map(|read| text = read),
        None if body == "-" => std::io::stdin().read_to_string(&mut text).map(drop),
        None => return Ok(body.to_owned()),
    };
    match read {
        Ok(()) => Ok(text),
        Err(error) => {
            let message = format!("the body {} cannot be read: {error}", quoted(body));
            Err(fault(&message, ""))
        }
    }
}

/// Prints a response. JSON is printed on several lines, anything else as it arrived.
fn show(response: &Response, with_head: bool) {
    if with_head {
        print_line(format!("{}", response.status()));
        for (name, value) in response.headers() {
            let is_secret = name == "x-subject-token";
            let value = String::from_utf8_lossy(value.as_bytes());
            print_line(format!(
                "{name}: {}",
                if is_secret { "[secret]" } else { &value }
            ));
        }
        print_line("");
    }
    match serde_json::from_slice::<serde_json::Value>(response.body()) {
        Ok(json) => print_line(format!("{json:#}")),
        Err(_) => print_raw(response.body()),
    }
}

/// A fault of the command line.
fn fault(message: &str, help: &str) -> Error {
    let place = Location::file("the command line");
    let fault = Diagnostic::new(Code::Configuration, place, message);
    if help.is_empty() {
        fault.into()
    } else {
        fault.with_help(help).into()
    }
}

#[cfg(test)]
mod tests {
    use permspec::model::schema::Kind;

    use super::*;
    use crate::arguments::{CatalogueOption, Which};

    /// The command line for an operation, with a value for everything that it needs.
    fn given(spec: &RouteSpec, interface: Option<&Interface>, access: &Access) -> Given {
        let endpoint = &spec.endpoints[0];
        let own = access.is_own(endpoint.path);
        let open = endpoint.parameters().zip(own).filter(|(_, is_own)| !is_own);
        let values = open.map(|(name, _)| format!("a {name}")).collect();
        let known = parameters::sent(interface, endpoint.path);
        let named = known.iter().filter(|it| it.required).map(|parameter| {
            let listed = parameter.schema.values.first().map(parameters::scalar);
            let value = match parameter.schema.kind {
                Kind::Boolean => "true",
                _ => "1",
            };
            let value = listed.unwrap_or_else(|| value.to_owned());
            (parameter.name.clone(), value)
        });
        let named = named.collect();
        Given {
            options: Call {
                operation: Some(spec.to_string()),
                parameters: Vec::new(),
                body: None,
                query: Vec::new(),
                header: Vec::new(),
                dry_run: true,
                yes: false,
                include: false,
                help: false,
                endpoint: None,
                service: None,
                credentials: crate::arguments::Credentials::default(),
                catalogue: CatalogueOption {
                    catalogue: Which::BuiltIn,
                },
            },
            values,
            named,
        }
    }

    #[test]
    fn every_operation_of_the_catalogue_has_a_command_that_a_shell_reads() {
        let option = CatalogueOption {
            catalogue: Which::BuiltIn,
        };
        let known = catalogue::open_whole(option, None, None).unwrap();
        let catalogue = known.catalogue(None).unwrap();
        let services = permspec::pipeline::services(&known.project, &[]);
        let mut shown = 0;
        for spec in catalogue.specs().filter(|spec| !spec.endpoints.is_empty()) {
            let mut interfaces = known.interfaces.iter().map(|file| &file.interface);
            let own = services.iter().find(|it| it.name == spec.service).unwrap();
            let wanted = Wanted {
                spec: Some(spec),
                service: spec.service_spec.unwrap(),
                interface: interfaces.find(|it| it.service == spec.service && it.id == spec.id),
                access: own.access.clone(),
            };
            let given = given(spec, wanted.interface, &wanted.access);
            let request = match parameters::documented(spec, &wanted, &given) {
                Ok(request) => request,
                Err(error) => panic!("{spec}: {error}"),
            };
            if spec.endpoints[0].method.is_none() {
                continue;
            }
            let text = curl::text(&request, &given.options);
            let words = shlex::split(&text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                words[..3],
                ["curl", "--request", request.method().as_str()],
                "{text}"
            );
            let url = words.last().unwrap();
            let path = url
                .split("t-systems.com")
                .nth(1)
                .unwrap_or_else(|| panic!("{text}"));
            let path = path.split('?').next().unwrap();
            let count = |path: &str| path.matches('/').count();
            let template = spec.endpoints[0].path;
            let stated = count(template) + usize::from(!template.starts_with('/'));
            assert_eq!(count(path), stated, "{text}");
            assert!(help::text(&wanted).contains(spec.title), "{spec}");
            shown += 1;
        }
        assert!(shown > 3_900, "{shown}");
    }
}
