//! Builds the command so that it counts its work: how often each edge of its code was taken.
//! A count is the same in each run and on each machine. This module must never use a clock.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use permspec_tests::{Run, cargo, root, success};

/// The version of raw profiles that this module reads, as LLVM numbers it.
const VERSION: u64 = 10;
/// The header: sixteen numbers of eight bytes.
const HEADER: usize = 16 * 8;
/// The entry of a function in a raw profile.
const FUNCTION: usize = 64;

/// The binary. `None` if this toolchain does not have counters, or writes them in another form.
pub static BINARY: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let version = success(
        Command::new("rustc")
            .arg("-vV")
            .output()
            .expect("rustc runs"),
    );
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("rustc names its host");
    let folder = success(rustc(&["--print", "target-libdir"]));
    let mut libraries = fs::read_dir(folder.trim()).ok()?.flatten();
    libraries.find(|file| {
        let name = file.file_name();
        name.to_string_lossy().starts_with("libprofiler_builtins")
    })?;
    // The target folder is separate, because the dependencies count too. With `--target`, build scripts
    // and macros do not count.
    let target = root().join("target/counted");
    let build = cargo()
        .args([
            "build",
            "--package",
            "permspec-cli",
            "--bin",
            "permspec",
            "--target",
            host,
        ])
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", "-Cprofile-generate")
        .env("CARGO_PROFILE_DEV_DEBUG", "none")
        .env("LLVM_PROFILE_FILE", nowhere())
        .output();
    success(build.expect("cargo runs"));
    let name = format!("permspec{}", std::env::consts::EXE_SUFFIX);
    let binary = target.join(host).join("debug").join(name);
    is_readable(&binary).then_some(binary)
});

/// Whether profiles have the form that this module reads.
fn is_readable(binary: &Path) -> bool {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let profile = folder.path().join("work.profraw");
    let run = Command::new(binary)
        .arg("--version")
        .env("LLVM_PROFILE_FILE", &profile)
        .output();
    success(run.expect("permspec starts"));
    version(&fs::read(profile).expect("a profile")) == VERSION
}

/// The version of a raw profile, without the bits of its kind.
fn version(profile: &[u8]) -> u64 {
    number(profile, 8) & 0xffff_ffff
}

fn number(profile: &[u8], at: usize) -> u64 {
    let bytes = profile[at..at + 8].try_into().expect("eight bytes");
    u64::from_ne_bytes(bytes)
}

fn rustc(arguments: &[&str]) -> std::process::Output {
    Command::new("rustc")
        .args(arguments)
        .output()
        .expect("rustc runs")
}

fn nowhere() -> &'static str {
    if cfg!(windows) { "NUL" } else { "/dev/null" }
}

/// Runs a command in a folder, and returns the work that it did.
pub fn run(binary: &Path, arguments: &[&str], folder: &Path) -> (Run, u64) {
    let profile = folder.join("work.profraw");
    let output = Command::new(binary)
        .args(arguments)
        .current_dir(folder)
        .env("LLVM_PROFILE_FILE", &profile)
        .output();
    let run = Run::of(output.expect("permspec starts"));
    let work = sum(&fs::read(&profile).expect("the command writes its profile as it ends"));
    fs::remove_file(profile).expect("a profile that was read");
    (run, work)
}

/// The sum of all counters of a raw profile. (LLVM, `InstrProfData.inc`: header, identifiers of the
/// build, functions, counters)
fn sum(profile: &[u8]) -> u64 {
    let field = |at: usize| -> usize {
        let value = number(profile, 8 * at);
        value.try_into().expect("a size that fits into memory")
    };
    let (identifiers, functions, padding, counters) = (field(2), field(3), field(4), field(5));
    let start = HEADER + identifiers + functions * FUNCTION + padding;
    (0..counters)
        .map(|at| number(profile, start + 8 * at))
        .sum()
}
