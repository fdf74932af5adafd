//! The program whose calls are recorded.

use std::net::SocketAddr;

use permspec::Error;
use tokio::process::Command;

use super::endpoint::Endpoint;
use super::fault;
use crate::output::quoted;

/// Runs the program to its end, and returns its exit code. It has the terminal and the streams of this command.
pub(super) async fn run(
    program: &[String],
    proxy: SocketAddr,
    endpoints: &[Endpoint],
) -> Result<i32, Error> {
    let mut words = program.iter().map(|word| filled(word, proxy, endpoints));
    let name = words.next().unwrap_or_default();
    let mut command = Command::new(&name);
    command.args(words);
    for variable in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"] {
        command.env(variable, format!("http://{proxy}"));
    }
    for endpoint in endpoints {
        let name = endpoint.service.to_uppercase().replace('-', "_");
        command.env(format!("PERMSPEC_ENDPOINT_{name}"), endpoint.local(proxy));
    }
    let mut child = command
        .spawn()
        .map_err(|error| fault(&format!("{} cannot be started: {error}", quoted(&name))))?;
    // A terminal sends Ctrl-C to the program, too. This command waits until the program has ended.
    tokio::spawn(async { while tokio::signal::ctrl_c().await.is_ok() {} });
    let ended = child.wait().await;
    let status = ended.map_err(|error| fault(&format!("{} is lost: {error}", quoted(&name))))?;
    Ok(code(status))
}

/// `{ims}` stands for the address at which the program must call the service.
fn filled(word: &str, proxy: SocketAddr, endpoints: &[Endpoint]) -> String {
    endpoints.iter().fold(word.to_owned(), |word, endpoint| {
        word.replace(&format!("{{{}}}", endpoint.service), &endpoint.local(proxy))
    })
}

/// The exit code as shells show it: 128 and the number of the signal that ended the program.
fn code(status: std::process::ExitStatus) -> i32 {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        if let Some(signal) = status.signal() {
            return 128 + signal;
        }
    }
    status.code().unwrap_or(1)
}
