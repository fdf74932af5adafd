//! Servers with certificates of their own, and a proxy. They know as little HTTP as they need.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

/// A certification authority, with its files in a folder.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    folder: tempfile::TempDir,
}

impl Authority {
    pub fn new() -> Authority {
        let key = KeyPair::generate().unwrap();
        let mut parameters = CertificateParams::new(vec![]).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = parameters.self_signed(&key).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), certificate.pem()).unwrap();
        Authority {
            certificate: certificate.der().clone(),
            issuer: Issuer::new(parameters, key),
            folder,
        }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The certificate of the authority in a file.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// A certificate for `name`, and its key.
    fn issue(&self, name: &str) -> (rcgen::Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let parameters = CertificateParams::new(vec![name.to_owned()]).unwrap();
        (parameters.signed_by(&key, &self.issuer).unwrap(), key)
    }

    /// The files of a caller's certificate and of its key.
    pub fn caller(&self) -> (PathBuf, PathBuf) {
        let (certificate, key) = self.issue("caller");
        let files = ["caller.pem", "caller.key"].map(|name| self.folder.path().join(name));
        std::fs::write(&files[0], certificate.pem()).unwrap();
        std::fs::write(&files[1], key.serialize_pem()).unwrap();
        let [certificate, key] = files;
        (certificate, key)
    }

    /// A server for `https://127.0.0.1`. It may want a certificate of the caller.
    pub fn serve(&self, wants_certificate: bool) -> SocketAddr {
        let (certificate, key) = self.issue("127.0.0.1");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider.clone());
        let builder = builder.with_safe_default_protocol_versions().unwrap();
        let builder = if wants_certificate {
            let mut roots = RootCertStore::empty();
            roots.add(self.certificate.clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(roots.into(), provider);
            builder.with_client_cert_verifier(verifier.build().unwrap())
        } else {
            builder.with_no_client_auth()
        };
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = builder
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        let config = Arc::new(config);
        listen(move |stream| {
            let connection = ServerConnection::new(config.clone()).unwrap();
            let mut stream = StreamOwned::new(connection, stream);
            // A client that refuses the certificate ends the connection.
            if request(&mut BufReader::new(&mut stream)).is_some() {
                let _ = stream.write_all(RESPONSE);
                let _ = stream.flush();
            }
        })
    }
}

const RESPONSE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ntrue";

/// Handles every connection in a thread of its own.
pub fn listen(handle: impl Fn(TcpStream) + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let handle = Arc::new(handle);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let handle = handle.clone();
            thread::spawn(move || handle(stream));
        }
    });
    address
}

/// The lines of a request without a body. `None` if the connection ends before.
pub fn request(reader: &mut impl BufRead) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => return Some(lines),
            line => lines.push(line.to_owned()),
        }
    }
}

/// A server for `http://127.0.0.1`.
pub fn plain() -> SocketAddr {
    listen(|stream| {
        let mut writer = stream.try_clone().unwrap();
        if request(&mut BufReader::new(stream)).is_some() {
            writer.write_all(RESPONSE).unwrap();
        }
    })
}

/// A proxy that notes the first line and the credentials of each request, and tunnels every connection to one server.
pub struct Proxy {
    pub address: SocketAddr,
    noted: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub fn to(server: SocketAddr) -> Proxy {
        let noted = Arc::new(Mutex::new(Vec::new()));
        let shared = noted.clone();
        let address = listen(move |stream| {
            let mut writer = stream.try_clone().unwrap();
            let mut reader = BufReader::new(stream);
            let Some(lines) = request(&mut reader) else {
                return;
            };
            let secret = lines.iter().find(|line| {
                let name = line.split(':').next().unwrap_or_default();
                name.eq_ignore_ascii_case("proxy-authorization")
            });
            let note = format!("{} {}", lines[0], secret.map_or("", String::as_str));
            shared.lock().unwrap().push(note);
            if lines[0].starts_with("CONNECT ") {
                writer.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
                tunnel(reader, writer, server);
            } else {
                writer.write_all(RESPONSE).unwrap();
            }
        });
        Proxy { address, noted }
    }

    pub fn noted(&self) -> Vec<String> {
        std::mem::take(&mut self.noted.lock().unwrap())
    }
}

fn tunnel(mut from: BufReader<TcpStream>, mut back: TcpStream, server: SocketAddr) {
    let mut to = TcpStream::connect(server).unwrap();
    let mut responses = to.try_clone().unwrap();
    thread::spawn(move || {
        let _ = std::io::copy(&mut responses, &mut back);
    });
    let mut piece = [0; 4096];
    while let Ok(read @ 1..) = from.read(&mut piece) {
        if to.write_all(&piece[..read]).is_err() {
            break;
        }
    }
}
