//! Freed memory does not contain a secret. An allocator inspects all memory that is freed.
#![expect(unsafe_code, reason = "an allocator is unsafe code")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use otc_api::ims;
use permspec_runtime::auth::{AccessKey, Password, RenewingToken, Secret, TokenScope};
use permspec_runtime::testing::{Reply, Scripted};
use permspec_runtime::{Address, Body, BoxError, BoxFuture, Request, Transport, blocking::Client};

const SECRET: &str = "s3cret-that-must-not-stay-in-memory";
static LEFT: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator. It counts freed blocks that contain the secret. A block that grows moves, and its old
/// memory is freed too.
struct Watching;

// SAFETY: every call is passed to the system's allocator unchanged. A block is read before it is freed, when only
// this allocator uses it. Bytes that were never written are read as they are. Therefore the test looks for a text
// that is too long to be there by chance.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // The memory is zeroed, so that every byte has a value when it is inspected.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let bytes = unsafe { std::slice::from_raw_parts(block, layout.size()) };
        let secret = SECRET.as_bytes();
        if bytes.windows(secret.len()).any(|window| window == secret) {
            LEFT.fetch_add(1, Ordering::SeqCst);
        }
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Watching = Watching;

/// The number of blocks with the secret that `work` freed.
fn left_by(work: impl FnOnce()) -> usize {
    let before = LEFT.load(Ordering::SeqCst);
    work();
    LEFT.load(Ordering::SeqCst) - before
}

/// An IAM that gives a token to every caller.
struct Iam;

impl Transport for Iam {
    fn send(
        &self,
        request: http::Request<Body>,
        _: Duration,
    ) -> BoxFuture<'_, Result<http::Response<Body>, BoxError>> {
        Box::pin(async move {
            let answer = http::Response::builder();
            if request.uri().path() != "/v3/auth/tokens" {
                return Ok(answer.body(Body::default())?);
            }
            let body = request.body().bytes().ok_or("no bytes")?;
            let has_password = body
                .windows(SECRET.len())
                .any(|part| part == SECRET.as_bytes());
            assert!(has_password, "the password was not sent");
            let body = r#"{"token": {"expires_at": "2099-01-01T00:00:00.000000Z"}}"#;
            let answer = answer.status(201).header("X-Subject-Token", "token");
            Ok(answer.body(Body::from(body))?)
        })
    }

    fn wait(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

fn get() -> Request {
    ims::list_image_members("a")
}

fn script() -> Scripted {
    let refusal = Reply::status(401).body(format!("{} said", "nothing is"));
    Scripted::new().always(ims::Route::ListImageMembers.spec(), refusal)
}

// There is only one test, because the count is one for the whole process.
#[test]
fn no_secret_is_left_in_memory_that_is_given_back() {
    // The allocator finds a secret that is not overwritten.
    assert_eq!(left_by(|| drop(String::from(SECRET))), 1);
    assert_eq!(left_by(|| drop(Secret::from(SECRET))), 0, "a secret");

    let signed = left_by(|| {
        let key = AccessKey::new("ak", SECRET).security_token(SECRET);
        let mut request = http::Request::get("https://ims.test/").body("").unwrap();
        key.clone().sign(&mut request, SystemTime::now()).unwrap();
        assert_eq!(request.headers()["x-security-token"], SECRET);
    });
    assert_eq!(signed, 0, "a signature");

    let sent = left_by(|| {
        let client = Client::over(script(), "https://ims.test")
            .unwrap()
            .token(SECRET);
        let error = client.clone().send(get()).unwrap_err();
        assert_eq!(error.status().unwrap(), 401);
    });
    assert_eq!(sent, 0, "a token");

    let obtained = left_by(|| {
        let address = Address::try_from("https://iam.test").unwrap();
        let scope = TokenScope::project_name("eu-de");
        let source = Password::new(address, "domain", "user", SECRET, scope);
        let client = Client::over(Iam, "https://ims.test").unwrap();
        client.auth(RenewingToken::new(source)).send(get()).unwrap();
    });
    assert_eq!(obtained, 0, "a password");
}
