//! `permspec whoami`: shows who calls the cloud, and which operations policies allow.
//! This module must never show a secret.

use std::collections::BTreeMap;
use std::path::Path;

use permspec::{Code, Diagnostic, Error, Location};
use permspec_runtime::cloud::{CloudConfig, Identity, Named};
use permspec_runtime::policy::{Answer, Attached, Place, Policies};
use permspec_runtime::{Catalogue, RouteSpec};
use serde_json::{Value, json};

use super::{perform, policy};
use crate::arguments::{Format, Whoami};
use crate::output::{Grid, counted, print, print_line, say};
use crate::{Verdict, catalogue};

pub fn run(options: &Whoami, config: Option<&Path>) -> Result<Verdict, Error> {
    let catalogue = catalogue::load(options.catalogue, config, None)?;
    let allowed = match options.policy.as_slice() {
        [] => None,
        files => match Allowed::by(files, &catalogue)? {
            Some(allowed) => Some(allowed),
            // What is wrong with a policy was printed.
            None => return Ok(Verdict::Findings),
        },
    };
    let settings = perform::settings(&options.credentials)?;
    let cloud = perform::handle(settings.clone())?;
    let identity = perform::wait(cloud.identity())?.map_err(|error| {
        let place = Location::file("the cloud");
        Diagnostic::new(Code::Configuration, place, error.to_string())
    })?;
    match options.format {
        Format::Text => {
            print_identity(&settings, &identity);
            if let Some(allowed) = &allowed {
                allowed.print(options.list);
            }
        }
        Format::Json => print_line(format!(
            "{:#}",
            as_json(&settings, &identity, allowed.as_ref())
        )),
    }
    Ok(Verdict::Clean)
}

fn print_identity(settings: &CloudConfig, identity: &Identity) {
    let mut grid = Grid::default();
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            grid.add(vec![vec![name.to_owned()], vec![value]]);
        }
    };
    row("cloud", settings.name.clone());
    row("identity", settings.auth_url.clone().unwrap_or_default());
    row("region", settings.region.clone().unwrap_or_default());
    row("user", shown(identity.user.as_ref()));
    row("project", shown(identity.project.as_ref()));
    row("account", shown(identity.domain.as_ref()));
    let roles: Vec<&str> = identity.roles.iter().map(|it| it.name.as_str()).collect();
    row("roles", roles.join(", "));
    row("services", listed(&services(identity)));
    print(&grid.within(None));
    if identity.user.is_none() {
        say("note: an access key does not tell its user, roles and services");
    }
}

fn shown(named: Option<&Named>) -> String {
    match named {
        None => String::new(),
        Some(it) if it.name.is_empty() => it.id.clone(),
        Some(it) if it.id.is_empty() => it.name.clone(),
        Some(it) => format!("{} ({})", it.name, it.id),
    }
}

/// The types of services, with their regions.
fn services(identity: &Identity) -> BTreeMap<&str, Vec<&str>> {
    let mut services: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for entry in identity.catalogue.entries() {
        let regions = services.entry(&entry.service_type).or_default();
        let region = if entry.is_global() {
            "*"
        } else {
            &entry.region
        };
        if !regions.contains(&region) {
            regions.push(region);
        }
    }
    services
}

fn listed(services: &BTreeMap<&str, Vec<&str>>) -> String {
    let one = |(name, regions): (&&str, &Vec<&str>)| format!("{name} ({})", regions.join(", "));
    services.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// What policies say about each operation.
struct Allowed {
    answers: Vec<(&'static RouteSpec, Answer)>,
}

impl Allowed {
    /// `None` if a policy cannot be used.
    fn by(files: &[std::path::PathBuf], catalogue: &Catalogue) -> Result<Option<Allowed>, Error> {
        let read: Vec<_> = files
            .iter()
            .map(|file| policy::read(file, catalogue))
            .collect::<Result<_, Error>>()?;
        let sound = read
            .iter()
            .map(|it| it.checked.policy.as_ref().filter(|_| it.checked.is_valid()));
        let Some(sound) = sound.collect::<Option<Vec<_>>>() else {
            return Ok(None);
        };
        let place = Place::IamProject;
        let attached: Vec<Attached<'_>> = sound
            .into_iter()
            .map(|policy| Attached { policy, place })
            .collect();
        let policies = Policies::new(&attached);
        let specs = catalogue.specs();
        let answers = specs
            .map(|spec| (spec, policies.explain(spec).answer()))
            .collect();
        Ok(Some(Allowed { answers }))
    }

    fn count(&self, answer: Answer) -> usize {
        self.answers.iter().filter(|(_, it)| *it == answer).count()
    }

    /// By service: how many operations are allowed, depend on something, and are not allowed.
    fn by_service(&self) -> BTreeMap<&'static str, [usize; 3]> {
        let mut services: BTreeMap<&'static str, [usize; 3]> = BTreeMap::new();
        for (spec, answer) in &self.answers {
            let at = match answer {
                Answer::Yes => 0,
                Answer::Depends => 1,
                Answer::No => 2,
            };
            services.entry(spec.service).or_default()[at] += 1;
        }
        services.retain(|_, [yes, ..]| *yes > 0);
        services
    }

    fn print(&self, list: bool) {
        let [yes, depends] = [Answer::Yes, Answer::Depends].map(|it| self.count(it));
        print_line(format!(
            "\nthe policies allow {} of {}; the documentation does not decide {depends}",
            yes,
            counted(self.answers.len(), "operation")
        ));
        if list {
            let allowed = self
                .answers
                .iter()
                .filter(|(_, answer)| *answer == Answer::Yes);
            allowed.for_each(|(spec, _)| print_line(spec));
            return;
        }
        let mut grid = Grid::new(&["SERVICE", "ALLOWED", "UNDECIDED", "NOT ALLOWED"]);
        for (service, counts) in self.by_service() {
            let mut row = vec![vec![service.to_owned()]];
            row.extend(counts.iter().map(|count| vec![count.to_string()]));
            grid.add(row);
        }
        print(&grid.within(None));
    }

    fn as_json(&self) -> Value {
        let names = |wanted: Answer| -> Value {
            let found = self.answers.iter().filter(|(_, answer)| *answer == wanted);
            found.map(|(spec, _)| spec.to_string()).collect()
        };
        json!({"yes": names(Answer::Yes), "depends": names(Answer::Depends)})
    }
}

fn as_json(settings: &CloudConfig, identity: &Identity, allowed: Option<&Allowed>) -> Value {
    let named = |it: &Option<Named>| it.as_ref().map(|it| json!({"id": it.id, "name": it.name}));
    json!({
        "cloud": settings.name,
        "auth_url": settings.auth_url,
        "region": settings.region,
        "user": named(&identity.user),
        "project": named(&identity.project),
        "domain": named(&identity.domain),
        "roles": identity.roles.iter().map(|it| it.name.as_str()).collect::<Value>(),
        "services": services(identity),
        "allowed": allowed.map(Allowed::as_json),
    })
}
