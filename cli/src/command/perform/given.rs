//! What the command line gives: the command's own options, and the parameters of the operation. Operations have
//! parameters of any name, so this is read by hand after the name of the operation.

use permspec::Error;

use super::fault;
use crate::arguments::Call;

/// The command line, sorted.
pub(super) struct Given {
    /// The command's own options, wherever they stand.
    pub(super) options: Call,
    /// Values without a name, in their order.
    pub(super) values: Vec<String>,
    /// Parameters of the operation, as they were written.
    pub(super) named: Vec<(String, String)>,
}

impl Given {
    /// Sorts what follows the name of the operation.
    pub(super) fn read(options: &Call) -> Result<Given, Error> {
        let mut given = Given {
            options: Call {
                parameters: Vec::new(),
                ..options.clone()
            },
            values: Vec::new(),
            named: Vec::new(),
        };
        let mut words = options.parameters.iter().cloned();
        while let Some(word) = words.next() {
            let Some(option) = word.strip_prefix("--") else {
                if word == "-h" {
                    given.options.help = true;
                } else {
                    given.values.push(word);
                }
                continue;
            };
            if option.is_empty() {
                given.values.extend(words.by_ref());
                break;
            }
            if given.flag(option) {
                continue;
            }
            let (name, value) = if let Some((name, value)) = option.split_once('=') {
                (name.to_owned(), value.to_owned())
            } else {
                let value = words.next().ok_or_else(|| {
                    let message = format!("`--{option}` has no value");
                    fault(&message, "write it as --NAME VALUE")
                })?;
                (option.to_owned(), value)
            };
            given.option(name, value);
        }
        Ok(given)
    }

    fn flag(&mut self, option: &str) -> bool {
        let flag = match option {
            "dry-run" => &mut self.options.dry_run,
            "yes" => &mut self.options.yes,
            "include" => &mut self.options.include,
            "help" => &mut self.options.help,
            _ => return false,
        };
        *flag = true;
        true
    }

    fn option(&mut self, name: String, value: String) {
        let options = &mut self.options;
        match name.as_str() {
            "body" => options.body = Some(value),
            "query" => options.query.push(value),
            "header" => options.header.push(value),
            "endpoint" => options.endpoint = Some(value),
            "service" => options.service = Some(value),
            "os-cloud" => options.credentials.os_cloud = Some(value),
            "os-region-name" => options.credentials.os_region_name = Some(value),
            _ => self.named.push((name, value)),
        }
    }
}

/// The values `NAME=VALUE` of an option.
pub(super) fn pairs<'o>(
    option: &str,
    values: &'o [String],
) -> Result<Vec<(&'o str, &'o str)>, Error> {
    let pair = |value: &'o String| {
        value.split_once('=').ok_or_else(|| {
            fault(
                &format!("`{option} {value}` is not NAME=VALUE"),
                "write the name, `=` and the value",
            )
        })
    };
    values.iter().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::arguments::{Arguments, Command};

    fn read(line: &str) -> Given {
        let words = ["permspec", "call"].into_iter().chain(line.split(' '));
        let arguments = Arguments::try_parse_from(words).unwrap();
        let Some(Command::Call(options)) = arguments.command else {
            panic!("another command");
        };
        Given::read(&options).unwrap()
    }

    #[test]
    fn options_of_the_command_may_stand_before_and_after_the_operation() {
        for line in [
            "--yes --body {} ims.X 7a --limit 5",
            "ims.X --limit=5 --yes 7a --body {}",
        ] {
            let given = read(line);
            assert!(given.options.yes && !given.options.dry_run);
            assert_eq!(given.options.body.as_deref(), Some("{}"));
            assert_eq!(given.values, ["7a"]);
            assert_eq!(given.named, [("limit".to_owned(), "5".to_owned())]);
        }
    }

    #[test]
    fn everything_after_two_hyphens_is_a_value() {
        let given = read("ims.X --limit -5 -- --yes -x");
        assert_eq!(given.values, ["--yes", "-x"]);
        assert_eq!(given.named, [("limit".to_owned(), "-5".to_owned())]);
        assert!(!given.options.yes);
    }
}
