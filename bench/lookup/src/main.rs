//! Prints how long a lookup in the whole catalogue takes, as a ratio to `matchit`, and how often it allocates. Run
//! `cargo run --release` in this folder.
//!
//! Both look for the same 10,000 targets in the same order. They run in turns, so that other work of the machine
//! affects both. The figure is the median of the ratios. matchit gets one router per method, as its users write it,
//! and only the templates that it accepts. If templates differ only in the names of their parameters, it accepts the
//! first.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use permspec_runtime::{Endpoint, Method, RouteSpec};

const TARGETS: usize = 10_000;
const TURNS: usize = 41;

type Routers = BTreeMap<Method, matchit::Router<&'static RouteSpec>>;

fn main() {
    let started = Instant::now();
    let (routers, taken) = routers();
    let start_up = started.elapsed();
    let targets = targets();
    let by_method: Vec<Option<&matchit::Router<&'static RouteSpec>>> = Method::ALL
        .iter()
        .map(|method| routers.get(method))
        .collect();
    let theirs = |read: bool| {
        let mut sum = 0;
        for (method, target) in &targets {
            if let Some(found) =
                by_method[*method as usize].and_then(|router| router.at(target).ok())
            {
                sum += found.value.endpoints.len();
                if read {
                    sum += found
                        .params
                        .iter()
                        .map(|(_, value)| value.len())
                        .sum::<usize>();
                }
            }
        }
        sum
    };
    let ours = |read: bool| {
        let mut sum = 0;
        for (method, target) in &targets {
            if let Some(found) = otc_api::find(*method, target).next() {
                sum += found.spec().endpoints.len();
                if read {
                    sum += found
                        .parameters()
                        .map(|captured| captured.raw.len())
                        .sum::<usize>();
                }
            }
        }
        sum
    };
    let all = || {
        let found = targets
            .iter()
            .map(|(method, target)| otc_api::find(*method, target).count());
        found.sum::<usize>()
    };

    println!(
        "{} routes, of which matchit takes {taken}; {TARGETS} targets, {TURNS} turns",
        routes().count()
    );
    println!("start-up: matchit {start_up:?}, otc-api none");
    print_ratio("first candidate", || theirs(false), || ours(false));
    print_ratio(
        "first candidate and its parameters",
        || theirs(true),
        || ours(true),
    );
    print_ratio("every candidate of every service", || theirs(false), all);
    let allocations = allocation_counter::measure(|| {
        black_box((ours(true), all()));
    });
    println!("allocations of otc-api: {}", allocations.count_total);
}

fn print_ratio(what: &str, theirs: impl Fn() -> usize, ours: impl Fn() -> usize) {
    let nanoseconds = |run: &dyn Fn() -> usize| {
        let started = Instant::now();
        black_box(run());
        started.elapsed().as_secs_f64() * 1e9 / TARGETS as f64
    };
    let mut turns: Vec<(f64, f64)> = (0..TURNS)
        .map(|_| (nanoseconds(&theirs), nanoseconds(&ours)))
        .collect();
    turns.sort_by(|a, b| (a.1 / a.0).total_cmp(&(b.1 / b.0)));
    let (theirs, ours) = turns[TURNS / 2];
    println!(
        "{what}: {:.2} of matchit ({ours:.0} ns against {theirs:.0} ns a lookup)",
        ours / theirs
    );
}

fn routes() -> impl Iterator<Item = (&'static RouteSpec, &'static Endpoint)> {
    otc_api::CATALOGUE
        .specs()
        .flat_map(|spec| spec.endpoints.iter().map(move |endpoint| (spec, endpoint)))
}

fn routers() -> (Routers, usize) {
    let mut routers = Routers::new();
    let mut taken = 0;
    for (spec, endpoint) in routes() {
        if let Some(method) = endpoint.method {
            let router = routers.entry(method).or_default();
            taken += usize::from(router.insert(endpoint.path, spec).is_ok());
        }
    }
    (routers, taken)
}

/// Nine of ten are calls with identifiers as the cloud makes them. The tenth is not a documented call.
fn targets() -> Vec<(Method, String)> {
    let routes: Vec<_> = routes()
        .filter_map(|(_, endpoint)| Some((endpoint.method?, endpoint.path)))
        .collect();
    let mut number = 0x9e37_79b9_u64;
    let mut next = || {
        number ^= number << 13;
        number ^= number >> 7;
        number ^= number << 17;
        number
    };
    let mut targets = Vec::new();
    for turn in 0..TARGETS {
        let (method, template) = routes[next() as usize % routes.len()];
        let mut target = String::new();
        let mut rest = template;
        while let Some((before, inside)) = rest.split_once('{') {
            let (name, after) = inside.split_once('}').unwrap();
            target += before;
            // A project is 32 digits, a resource a UUID.
            target += &match (name, next(), next()) {
                ("project_id" | "domain_id", a, b) => format!("{a:016x}{b:016x}"),
                (_, a, b) => format!(
                    "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
                    a >> 32,
                    a & 0xffff,
                    a >> 16 & 0xffff,
                    b >> 48,
                    b & 0xffff_ffff_ffff
                ),
            };
            rest = after;
        }
        target += rest;
        if turn % 10 == 9 {
            target = match turn / 10 % 4 {
                0 => format!("/static{target}.css"),
                1 => format!("{target}/xyz"),
                2 => "/favicon.ico".to_owned(),
                _ => target.replacen("/v", "/w", 1),
            };
        }
        targets.push((method, target));
    }
    targets
}
