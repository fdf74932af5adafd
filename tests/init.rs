//! `permspec init`, as a person runs it. Then the test uses everything that it wrote: the build, and each step of the
//! workflow.

use std::fs;
use std::path::Path;
use std::process::Command;

use permspec_tests::{Run, cargo, permspec, root, success};

const FILES: [&str; 4] = [
    ".gitattributes",
    ".github/workflows/permspec.yml",
    "build.rs",
    "permspec.toml",
];

fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = permspec();
    Run::of(
        command
            .args(arguments)
            .current_dir(folder)
            .output()
            .unwrap(),
    )
}

/// A crate with one page of documentation. It does not use permspec yet.
fn fresh(folder: &Path) {
    for part in ["docs", "src"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    let page = root().join("spec/ims/image_sharing.rst");
    fs::copy(page, folder.join("docs/image_sharing.rst")).unwrap();
    let manifest =
        "[package]\nname = \"fresh\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/main.rs"), "fn main() {}\n").unwrap();
}

/// Whether cargo ran the build script of the crate.
fn build(folder: &Path) -> (String, bool) {
    let mut build = cargo();
    build.args(["run", "-v"]).current_dir(folder);
    build.env("CARGO_TARGET_DIR", root().join("target/consumers"));
    let run = Run::of(build.output().unwrap());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let script = |line: &str| line.contains("Running") && line.contains("build-script-build`");
    let mut lines = run.stderr.lines();
    let ran = lines.any(|line| script(line) && line.contains("fresh"));
    (run.stdout.trim().to_owned(), ran)
}

/// Each command of the workflow, as its runner gives it to a shell.
fn steps(folder: &Path) -> Vec<String> {
    let workflow = fs::read_to_string(folder.join(FILES[1])).unwrap();
    let steps = workflow
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- run: "));
    steps.map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn what_init_wrote_builds_and_each_step_of_its_workflow_passes() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    fresh(folder);
    let init = run_in(folder, &["init"]);
    assert_eq!(init.code, 0, "{}", init.stderr);
    for file in FILES {
        assert!(
            init.stderr.contains(&format!("wrote {file}")),
            "{}",
            init.stderr
        );
    }
    assert!(
        init.stderr.contains("added permspec to Cargo.toml"),
        "{}",
        init.stderr
    );

    // Before there is a model, no name is pinned, and no missing file is watched.
    assert!(build(folder).1);
    assert!(!build(folder).1);

    let extract = run_in(folder, &["extract"]);
    assert_eq!(extract.code, 0, "{}", extract.stderr);
    assert!(folder.join("spec/ims/image_sharing.json").is_file());
    // The module that the comment of the build script shows.
    let script = fs::read_to_string(folder.join("build.rs")).unwrap();
    let mut lines = script.lines();
    let module = lines
        .find_map(|line| line.strip_prefix("//!     "))
        .unwrap();
    let main = format!(
        "//! Fresh.\n{module}\nfn main() {{ println!(\"{{}}\", ims::Route::AddImageMember.spec()); }}\n"
    );
    fs::write(folder.join("src/main.rs"), main).unwrap();
    assert_eq!(build(folder).0, "ims.AddImageMember");

    run_workflow(folder);
}

/// Runs each step of the workflow. A CI machine installs an optimised command from the network. Here, cargo uses what
/// is already compiled.
#[cfg(unix)]
fn run_workflow(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;

    let tools = tempfile::tempdir().unwrap();
    let (bin, install) = (tools.path().join("bin"), tools.path().join("root"));
    fs::create_dir(&bin).unwrap();
    let wrapper = bin.join("cargo");
    let text = format!(
        "#!/bin/sh\ncommand=$1; shift\nexec {:?} \"$command\" --offline --debug --root {:?} \"$@\"\n",
        env!("CARGO"),
        install.display().to_string(),
    );
    fs::write(&wrapper, text).unwrap();
    fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!(
        "{}:{}:{}",
        bin.display(),
        install.join("bin").display(),
        std::env::var("PATH").unwrap()
    );
    let steps = steps(folder);
    assert_eq!(steps.len(), 3);
    for step in steps {
        let mut shell = Command::new("sh");
        shell.args(["-e", "-c", &step]).current_dir(folder);
        shell
            .env("PATH", &path)
            .env("CARGO_TARGET_DIR", root().join("target/consumers"));
        success(shell.output().unwrap());
    }
    assert!(install.join("bin/permspec").is_file());
}

#[test]
fn init_never_overwrites_and_adds_to_a_manifest_once() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path();
    fresh(folder);
    assert_eq!(run_in(folder, &["init"]).code, 0);
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    for file in FILES {
        fs::write(folder.join(file), "mine\n").unwrap();
    }
    let again = run_in(folder, &["init"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    for file in FILES {
        assert_eq!(fs::read_to_string(folder.join(file)).unwrap(), "mine\n");
        assert!(
            again.stderr.contains(&format!("kept {file}")),
            "{}",
            again.stderr
        );
    }
    let after = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    assert_eq!(after, manifest);
}

#[test]
fn no_dependency_and_no_step_names_a_package_that_a_registry_would_have_to_have() {
    let registered = |manifest: &str| -> Vec<String> {
        let manifest: toml::Table = manifest.parse().unwrap();
        let tables = ["dependencies", "build-dependencies"].map(|name| manifest[name].clone());
        let all = tables.iter().flat_map(|table| table.as_table().unwrap());
        let named = all.filter(|(_, of)| of.get("path").or(of.get("git")).is_none());
        named.map(|(name, _)| name.clone()).collect()
    };
    let address = "https://code.example/permspec";
    let checkout = root().display().to_string();
    for (source, install) in [
        (
            address.to_owned(),
            format!("cargo install --git {address} --locked --no-default-features permspec-cli"),
        ),
        (
            format!("{address}#abc"),
            format!(
                "cargo install --git {address} --rev abc --locked --no-default-features permspec-cli"
            ),
        ),
        (
            checkout.clone(),
            format!("cargo install --path {checkout}/cli --locked --no-default-features"),
        ),
    ] {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path();
        fresh(folder);
        let init = run_in(folder, &["init", "--permspec", &source]);
        assert_eq!(init.code, 0, "{}", init.stderr);
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        assert_eq!(registered(&manifest), [] as [&str; 0], "{manifest}");
        assert_eq!(steps(folder)[0], install);
        let says = init.stderr.contains("another machine needs");
        assert_eq!(says, source == checkout, "{}", init.stderr);
    }
    let folder = tempfile::tempdir().unwrap();
    fresh(folder.path());
    let wrong = run_in(folder.path(), &["init", "--permspec", "no-such-folder"]);
    assert_eq!(wrong.code, 1, "{}", wrong.stderr);
    assert!(!folder.path().join("permspec.toml").exists());
}

#[test]
fn init_of_a_folder_without_pages_still_makes_a_configuration_that_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| run_in(folder.path(), arguments);
    assert_eq!(run(&["init"]).code, 0);
    assert!(!folder.path().join("build.rs").exists(), "it is no crate");
    let routes = run(&["routes"]);
    assert_eq!(routes.code, 0, "{}", routes.stderr);
    let missing = run(&["init", "no-such-folder"]);
    assert_eq!(missing.code, 1);
    let said = "`no-such-folder` is not a folder";
    assert!(missing.stderr.contains(said), "{}", missing.stderr);
}

#[test]
fn folders_whose_names_no_service_can_have_still_make_a_configuration_that_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let page = "\
Pool
====

.. list-table::
   :header-rows: 1

   * - Permission
     - API
   * - Listing pools
     - GET /v1/pools
";
    for below in ["b c", "\u{c4}/\u{d6}", "..x", "plain"] {
        let below = folder.path().join("docs").join(below);
        fs::create_dir_all(&below).unwrap();
        fs::write(below.join("page: 1.rst"), page).unwrap();
    }
    let init = run_in(folder.path(), &["init", "--docs", "docs"]);
    assert_eq!(init.code, 0, "{}", init.stderr);
    let extract = run_in(folder.path(), &["extract"]);
    assert_eq!(extract.code, 0, "{}", extract.stderr);
}
