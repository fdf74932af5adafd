//! `permspec services`: lists the services of a catalogue.

use std::path::Path;

use permspec::Error;
use serde_json::{Value, json};

use crate::arguments::{Format, Services};
use crate::output::{Grid, print, print_line};
use crate::{Verdict, catalogue};

pub fn run(options: &Services, config: Option<&Path>) -> Result<Verdict, Error> {
    let known = catalogue::open(options.catalogue, config)?;
    let services = known.project.services.iter().map(|(name, settings)| {
        let own = known.operations().filter(|(page, _)| page.service == *name);
        (name, settings.title.as_deref().unwrap_or(name), own.count())
    });
    match options.format {
        Format::Json => {
            let one = |(name, title, operations)| json!({"service": name, "title": title, "operation_count": operations});
            print_line(format_args!("{:#}", services.map(one).collect::<Value>()));
        }
        Format::Text => {
            let mut grid = Grid::new(&["SERVICE", "TITLE", "OPERATIONS"]);
            for (name, title, operations) in services {
                let cells = [name.clone(), title.to_owned(), operations.to_string()];
                grid.add(cells.into_iter().map(|cell| vec![cell]).collect());
            }
            print(&grid.to_string());
        }
    }
    Ok(Verdict::Clean)
}
