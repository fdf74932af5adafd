//! The grammar of the command that records what a program calls.
//! It contains declarations only.

use std::net::SocketAddr;

use clap::Args;

use super::{CatalogueOption, MadePolicy};

/// Options of `permspec record`.
#[derive(Args, Debug)]
#[command(after_help = RECORD_EXAMPLES)]
pub struct Record {
    /// Forward `http://PROXY/NAME/..` to the service NAME at URL. The program must be told to call the service there.
    #[arg(long, value_name = "NAME=URL")]
    pub endpoint: Vec<String>,

    /// Where the proxy listens.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,

    /// The operation that is meant, if a call may be one of several.
    #[arg(long, value_name = "NAME")]
    pub operation: Vec<String>,

    /// What the policy grants, and where it goes.
    #[command(flatten)]
    pub made: MadePolicy,

    /// The catalogue to use.
    #[command(flatten)]
    pub catalogue: CatalogueOption,

    /// The program and its arguments. Without a program, the proxy runs until Ctrl-C.
    #[arg(value_name = "PROGRAM", last = true)]
    pub program: Vec<String>,
}

const RECORD_EXAMPLES: &str = "\
Examples:
  permspec record --out policies --endpoint ims=https://ims.eu-de.otc.t-systems.com -- ./deploy.sh
  permspec record --listen 127.0.0.1:8081 --endpoint ims=https://ims.eu-de.otc.t-systems.com

The program gets HTTP_PROXY, so calls of `http://` are recorded as they are. For each --endpoint, it gets the address \
in PERMSPEC_ENDPOINT_<NAME>, and in its arguments `{NAME}` stands for it. Calls of `https://` that go through the proxy \
are encrypted: only their hosts are seen, and the command says so. Bodies and headers are not stored. Access keys sign \
the host, so signed calls through an --endpoint are refused by the service: use a token.

The exit code is that of the program if it is not 0. `permspec policy for --routes` makes the same policy from logs \
and from HAR.";
