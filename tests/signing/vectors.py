"""Signs requests with the vendor's own implementation and writes what it made of them.

Each line of vectors.jsonl is a request and the headers that huaweicloudsdkcore.signer.signer.Signer adds
to it; each character of its body is a byte. `tests/signing/main.rs` signs the same requests and compares. The cases are the same on every run,
so making the file again and comparing it shows that the vendor's implementation has not changed.

    python tests/signing/vectors.py            writes vectors.jsonl
    python tests/signing/vectors.py --check    compares instead
"""

import itertools
import json
import pathlib
import random
import sys

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer

FILE = pathlib.Path(__file__).with_name("vectors.jsonl")
# Nobody's keys: 20 and 40 characters, as the cloud makes them, and some that it would not.
KEYS = [
    ("QTWAOYTTINDUT2QVKYUC", "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc"),
    ("A", "b"),
    ("ACCESSKEY/+=", "sécret kéy with blanks and UTF-8 日本"),
    ("LONGSECRET", "0123456789abcdef" * 8),
]
HOST = "ims.eu-de.otc.t-systems.com"
DATE = "20240416T095341Z"
IMAGE = "70a599e0-31e7-49b7-b260-868f441e862b"


def case(about, method="GET", path="/v2/images", query=(), headers=(), body=b"", key=KEYS[0],
         host=HOST, date=DATE):
    return {
        "about": about, "method": method, "path": path, "query": list(query),
        "headers": list(headers), "body": body, "key": key, "host": host, "date": date,
    }


def methods():
    for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]:
        yield case(f"method {method}", method)
        yield case(f"method {method} with a body", method, body=b'{"a":1}',
                   headers=[("Content-Type", "application/json")])


def paths():
    for path in [
        "/", "/v2", "/v2/", "/v2/images/", "//", "/v2//images", f"/v2/images/{IMAGE}/members",
        "/a%20b", "/a%2Fb", "/a%252Fb", "/100%25", "/%7E~-._", "/%41%42", "/a%2fb", "/%C3%A9",
        "/%E6%97%A5%E6%9C%AC", "/%F0%9F%9A%80", "/%ff", "/%C3", "/%E0%A4x", "/x%00y", "/a+b", "/a%2Bb",
        "/a:b@c", "/it's(1)*!", "/a;b=c,d", "/a&b=c", "/a$b", "/%5B%5D%7B%7D%7C%5C%5E%60%22%3C%3E",
        "/a%3Fb%23c", "/%", "/%zz", "/%4", "/a%%20b", "/.../x", "/.hidden", "/v1.0/x", "/V1.0/X",
        "/A-Z_a-z~0.9", "/" + "x" * 300, "/" + "/".join("abcdefgh"), "/a%0D%0Ab", "/%e2%82%ac/%E2%82%AC",
    ]:
        yield case(f"path {path[:40]}", path=path)


def queries():
    for query in [
        [("limit", "10")], [("b", "2"), ("a", "1")], [("a", "2"), ("a", "1")], [("a", "")],
        [("", "a")], [("a", ""), ("a", "b")], [("A", "1"), ("a", "2"), ("B", "3")],
        [("a", "b c")], [("a b", "c")], [("a", "b+c")], [("a", "100%")], [("a", "%20")], [("a", "é")],
        [("é", "a"), ("e", "b")], [("a", "日本")], [("a", "🚀"), ("a", "\uffee")], [("a", "~-._")],
        [("a", "/?:@!$&'()*,;=")], [("a", "[]{}|\\^`\"<>#")], [("a=b", "c&d")], [("a", "\r\n\t\0")],
        [("10", "a"), ("9", "b"), ("1", "c")], [("a-b", "1"), ("a_b", "2"), ("a.b", "3"), ("ab", "4")],
        [("z", str(n)) for n in (3, 1, 2)], [(f"k{n}", "v") for n in range(30, 0, -1)],
        [("a", "x" * 500)], [("marker", "70a599e0"), ("limit", "1"), ("name", "ubuntu 22.04")],
        [("aé", "1"), ("a%", "2"), ("a+", "3"), ("a~", "4"), ("a/", "5")],
    ]:
        yield case(f"query {query!r:.60}", query=query)


def bodies():
    json_type = [("Content-Type", "application/json")]
    for body in [b"", b"{}", b"{ }", b" ", b"\n", b'{"member":"edc89b49"}', "é日本🚀".encode(),
                 bytes(range(256)), b"\0", b"\xff\xfe", b"a" * 5_000, b'{"a":1}\r\n']:
        about = f"body {body[:20]!r} of {len(body)} bytes"
        yield case(f"{about}, as JSON", "POST", body=body, headers=json_type)
        yield case(f"{about}, without a type", "POST", body=body)
        yield case(f"{about}, as octets", "PUT", body=body,
                   headers=[("Content-Type", "application/octet-stream")])
    for kind in ["application/json; charset=utf-8", "application/json;charset=utf8", "application/bson",
                 "application/jsonx", "text/plain", "multipart/form-data; boundary=x",
                 "application/openstack-images-v2.1-json-patch", "Application/JSON", ""]:
        yield case(f"content type {kind!r}", "POST", body=b"[]", headers=[("Content-Type", kind)])
        yield case(f"content type {kind!r} without a body", "POST", headers=[("Content-Type", kind)])
    for content in ["UNSIGNED-PAYLOAD", "0" * 64]:
        for body in [b"", b"{}"]:
            yield case(f"a digest given as {content[:8]} for {len(body)} bytes", "POST", body=body,
                       headers=json_type + [("X-Sdk-Content-Sha256", content)])


def headers():
    for fields in [
        [("X-Language", "en-us")], [("x-language", "en-us")], [("X-LANGUAGE", "en-us")],
        [("X-B", "2"), ("X-A", "1")], [("X-A", "  1  ")], [("X-A", "1   2")], [("X-A", "\t1\t")],
        [("X-A", "")], [("X-A", "é")], [("X-A", "日本")], [("X-A", "\u00a01\u00a0")], [("X-A", "a,b")],
        [("X_A", "1")], [("X_A", "1"), ("X-A", "2")], [("X-Project-Id", "edc89b490d7d4392898e19b2deb34797")],
        [("X-Domain-Id", "d78cbac186b744899480f25bd022f468")], [("X-Security-Token", "gAAA" * 100)],
        [("Accept", "application/json"), ("Accept-Language", "en"), ("Content-MD5", "x==")],
        [("Date", "Tue, 16 Apr 2024 09:53:41 GMT")], [("X-1", "a"), ("X-10", "b"), ("X-2", "c")],
        [("X-A-B", "1"), ("X-A", "2"), ("X-AB", "3")], [(f"X-{n}", str(n)) for n in range(40)],
        [("X-A", "x" * 4000)], [("X!#$%&'*+.^`|~", "1")], [("User-Agent", "x/1"), ("Via", "1.1 x")],
    ]:
        yield case(f"headers {[name for name, _ in fields]!r:.60}", headers=fields)
    # A dictionary has a name once in each spelling: so often does the vendor sign it.
    for fields in [
        [("X-A", "1"), ("x-a", "2")], [("x-a", "2"), ("X-A", "1")], [("X-A", "1"), ("x-a", "1")],
        [("X-A", "b"), ("x-A", "a"), ("x-a", "c")], [("X-A", " 1"), ("x-a", ""), ("X-B", "2")],
        [("Accept", "a"), ("ACCEPT", "b"), ("accept", "c"), ("AccepT", "d")],
    ]:
        yield case(f"repeated headers {[value for _, value in fields]!r}", headers=fields)


def hosts_dates_keys():
    for host in ["ims.eu-de.otc.t-systems.com", "ims.eu-nl.otc.t-systems.com", "127.0.0.1:8080",
                 "gate.example:8443", "[::1]:80", "localhost", "UPPER.example"]:
        yield case(f"host {host}", host=host)
    for date in ["19700101T000000Z", "20000229T235959Z", "20241231T235959Z", "20991231T000000Z"]:
        yield case(f"date {date}", date=date)
    for key in KEYS:
        yield case(f"key {key[0]}", key=key)
        yield case(f"key {key[0]} with a body", "POST", key=key, body=b'{"a":"\xc3\xa9"}',
                   headers=[("Content-Type", "application/json")])


def mixtures(count):
    """Everything at once, chosen by a generator of its own that always starts in the same state."""
    chance = random.Random(20240416)
    letters = "abcXYZ019-._~ %/?#&=+:@!$'()*,;[]{}|\\^`\"<>éß日本🚀\t"

    def text(most):
        return "".join(chance.choice(letters) for _ in range(chance.randint(0, most)))

    for number in range(count):
        segments = [base_quote(text(12)) for _ in range(chance.randint(1, 5))]
        query = [(text(6), text(10)) for _ in range(chance.randint(0, 6))]
        kind = chance.choice([None, "application/json", "text/plain", "application/octet-stream"])
        fields = [("Content-Type", kind)] if kind else []
        names = chance.sample(["X-A", "x-b", "X_C", "X-Language", "Accept", "X-A-B"], chance.randint(0, 4))
        fields += [(name, text(10).replace("\t", " ")) for name in names]
        body = chance.choice([b"", bytes(chance.randrange(256) for _ in range(chance.randint(1, 200)))])
        yield case(f"mixture {number}", chance.choice(["GET", "POST", "PUT", "DELETE", "PATCH"]),
                   "/" + "/".join(segments), query, fields, body, chance.choice(KEYS))


def base_quote(text):
    from urllib.parse import quote
    return quote(text, safe="")


def signed(case):
    """The case as it is kept, with the headers that the vendor's signer set."""
    access, secret = case["key"]
    fields = dict(case["headers"])
    assert len(fields) == len(case["headers"]), "a spelling twice"
    fields["X-Sdk-Date"] = case["date"]
    request = SdkRequest(
        method=case["method"], schema="https", host=case["host"], resource_path=case["path"],
        query_params=[tuple(pair) for pair in case["query"]], header_params=fields, body=case["body"],
    )
    Signer(BasicCredentials(access, secret)).sign(request)
    content = request.header_params.get("X-Sdk-Content-Sha256")
    return {
        "about": case["about"], "method": case["method"], "host": case["host"], "path": case["path"],
        "query": case["query"], "headers": case["headers"],
        "body": case["body"].decode("latin-1"), "access": access, "secret": secret,
        "date": case["date"], "content": content,
        "authorization": request.header_params["Authorization"],
    }


def main():
    cases = itertools.chain(methods(), paths(), queries(), bodies(), headers(), hosts_dates_keys(),
                            mixtures(100))
    vectors = [signed(case) for case in cases]
    text = "".join(json.dumps(vector, ensure_ascii=True) + "\n" for vector in vectors)
    if sys.argv[1:] == ["--check"]:
        if FILE.read_text() != text:
            sys.exit(f"{FILE}: the vendor's implementation signs otherwise now")
        print(f"{len(vectors)} requests are signed as the file says")
    else:
        FILE.write_text(text)
        print(f"{len(vectors)} vectors")


main()
