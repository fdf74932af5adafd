//! Sends `GET /` to the given addresses with both HTTP libraries, each over one transport, with the proxy of the
//! environment. Prints one line for each answer.

use permspec_runtime::{
    Client, Error, Method, Network, Request, Reqwest, Response, ServiceSpec, Ureq, blocking,
};

static SERVICE: ServiceSpec = ServiceSpec::new("demo");

fn main() -> Result<(), Error> {
    let requests: Vec<_> = std::env::args()
        .skip(1)
        .map(|url| Request::to(&SERVICE, Method::Get, "/").at(&url))
        .collect();
    let network = Network::new();
    let blocking = blocking::Client::over(Ureq::with(&network)?, "http://unused.test")?;
    for request in requests.clone() {
        print(blocking.send(request));
    }
    let client = Client::over(Reqwest::with(&network)?, "http://unused.test")?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.unwrap_or_else(|error| panic!("{error}"));
    for request in requests {
        print(runtime.block_on(client.send(request)));
    }
    Ok(())
}

fn print(answer: Result<Response, Error>) {
    match answer {
        Ok(response) => println!("{}", response.text()),
        Err(error) => println!("{error:#}"),
    }
}
