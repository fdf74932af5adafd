//! Output fits the window of the terminal. Without a window, no line is broken.

use permspec_tests::{Run, permspec};

use crate::{OVENS, code, ovens};

const COMMANDS: [&str; 18] = [
    "extract",
    "generate",
    "check",
    "diff",
    "lint",
    "search",
    "services",
    "routes",
    "route",
    "permissions",
    "policy for",
    "policy check",
    "policy diff",
    "export openapi",
    "render",
    "schema",
    "init",
    "tables",
];

fn in_window(width: usize, arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let mut command = permspec();
    command.args(arguments).current_dir(folder.path());
    Run::of(command.env("COLUMNS", width.to_string()).output().unwrap())
}

#[test]
fn lists_and_answers_are_not_wider_than_the_window() {
    for width in [60, 80, 120] {
        for arguments in [
            &["routes"][..],
            &["permissions"],
            &["route", "POST /v2/p/volumes/v/action"],
            &["route", "POST /v2/images/a/members"],
            &["search", "resize server"],
        ] {
            let printed = in_window(width, arguments);
            code(&printed, 0);
            let wide = printed
                .stdout
                .lines()
                .find(|line| line.chars().count() > width);
            assert_eq!(wide, None, "{arguments:?} in {width} columns");
        }
    }
}

#[test]
fn a_window_takes_nothing_away() {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let whole = in_window(100_000, &["routes", "--service", "ims"]).stdout;
    assert_eq!(
        plain(&whole).len(),
        plain(&in_window(80, &["routes", "--service", "ims"]).stdout).len()
    );
    // In a file or a pipe, no line is broken.
    let project = ovens(&OVENS);
    let listed = permspec()
        .arg("routes")
        .current_dir(project.path())
        .env_remove("COLUMNS")
        .output();
    let listed = Run::of(listed.unwrap());
    assert!(
        listed.stdout.lines().count() == 1 + OVENS.len(),
        "{}",
        listed.stdout
    );
}

#[test]
fn help_is_wrapped_once_and_no_line_is_wider_than_the_window() {
    for width in [80, 100] {
        for command in COMMANDS {
            let mut arguments: Vec<&str> = command.split(' ').collect();
            arguments.push("--help");
            let help = in_window(width, &arguments).stdout;
            let (_, after) = help.split_once("\nOptions:").unwrap();
            for line in help.lines() {
                assert!(
                    line.chars().count() <= width,
                    "{command} in {width}: {line}"
                );
            }
            // An example stays on one line, so that it can be copied.
            let whole = in_window(1_000, &arguments).stdout;
            let mut examples = whole.lines().filter(|line| line.starts_with("  permspec"));
            assert_eq!(examples.find(|line| line.len() > 80), None, "{command}");
            // In prose, the first word of the next line would not have fitted.
            let lines: Vec<&str> = after.lines().collect();
            let is_prose =
                |line: &str| line.starts_with(char::is_alphabetic) && !line.ends_with(':');
            for pair in lines
                .windows(2)
                .filter(|pair| pair.iter().all(|line| is_prose(line)))
            {
                let next = pair[1].split(' ').next().unwrap();
                assert!(
                    pair[0].chars().count() + 1 + next.chars().count() > width,
                    "{command} in {width} is broken twice:\n{}\n{}",
                    pair[0],
                    pair[1]
                );
            }
        }
    }
}
