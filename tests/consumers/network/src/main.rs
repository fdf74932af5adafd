//! Sends `GET /` to the given address with both HTTP libraries, with the proxy of the environment.

use permspec_runtime::{
    Client, Error, Method, Network, Request, Reqwest, ServiceSpec, Ureq, blocking,
};

static SERVICE: ServiceSpec = ServiceSpec::new("demo");

fn main() -> Result<(), Error> {
    let url = std::env::args().nth(1).unwrap_or_default();
    let request = Request::to(&SERVICE, Method::Get, "/");
    let blocking = blocking::Client::over(Ureq::with(&Network::new())?, url.as_str())?;
    println!("{}", blocking.send(request.clone())?.text());
    let client = Client::over(Reqwest::with(&Network::new())?, url.as_str())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.unwrap_or_else(|error| panic!("{error}"));
    println!("{}", runtime.block_on(client.send(request))?.text());
    Ok(())
}
