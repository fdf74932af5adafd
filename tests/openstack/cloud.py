"""Starts a small cloud of Keystone, Glance and Neutron on free ports of 127.0.0.1, and stops it.

    cloud.py start FOLDER    makes everything in FOLDER, and writes FOLDER/cloud.json once the servers respond
    cloud.py stop FOLDER     stops the servers of FOLDER

The servers are those of the Python environment that runs this script, and conf/ has their configurations. A server
gets a socket that already listens, so two clouds never want the same port.
"""

import json
import os
import pathlib
import secrets
import shutil
import signal
import socket
import string
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).parent
BIN = pathlib.Path(sys.prefix, "bin")
ETC = pathlib.Path(sys.prefix, "etc")
REGION = "eu-de"
SERVERS = ("keystone", "glance", "neutron")
# Seconds until a server has responded. It needs about five.
PATIENCE = 120


class Cloud:
    """The folder of one cloud, and the sockets of its servers."""

    def __init__(self, folder):
        self.folder = folder.resolve()
        self.password = secrets.token_urlsafe(12)
        self.sockets = {server: listening() for server in SERVERS}
        self.urls = {
            server: "http://127.0.0.1:%d" % each.getsockname()[1]
            for server, each in self.sockets.items()
        }
        self.identity = self.urls["keystone"] + "/v3"

    def configure(self):
        for folder in ("fernet-keys", "credential-keys", "images", "locks"):
            (self.folder / folder).mkdir(mode=0o700)
        values = {
            "folder": self.folder,
            "etc": ETC,
            "identity": self.identity,
            "password": self.password,
        }
        for template in (HERE / "conf").iterdir():
            text = string.Template(template.read_text()).substitute(values)
            (self.folder / template.name).write_text(text)
        # Glance looks for this file next to its configuration.
        shutil.copy(ETC / "glance" / "glance-api-paste.ini", self.folder)

    def keystone(self):
        keystone = (BIN / "keystone-manage", "--config-file", self.folder / "keystone.conf")
        # The user of this script also runs the server, and owns the keys.
        owner = ("--keystone-user", str(os.getuid()), "--keystone-group", str(os.getgid()))
        self.run("keystone", *keystone, "db_sync")
        self.run("keystone", *keystone, "fernet_setup", *owner)
        self.run("keystone", *keystone, "credential_setup", *owner)
        catalogue = ["--bootstrap-region-id", REGION]
        for interface in ("public", "internal", "admin"):
            catalogue += [f"--bootstrap-{interface}-url", self.identity]
        password = ("--bootstrap-password", self.password)
        self.run("keystone", *keystone, "bootstrap", *password, *catalogue)
        self.serve("keystone", {"OS_KEYSTONE_CONFIG_DIR": str(self.folder)})

    def glance(self):
        config = self.folder / "glance-api.conf"
        self.run("glance", BIN / "glance-manage", "--config-file", config, "db_sync")
        # Clients send images of unknown length in chunks.
        variables = {"OS_GLANCE_CONFIG_DIR": str(self.folder)}
        self.serve("glance", variables, "--http-chunked-input")

    def neutron(self):
        # Neutron's migrations do not run on SQLite, so the tables are made of the models.
        code = (
            "import sys, sqlalchemy; from neutron.db.migration.models import head; "
            "head.get_metadata().create_all(sqlalchemy.create_engine(sys.argv[1]))"
        )
        database = f"sqlite:///{self.folder}/neutron.db"
        self.run("neutron", sys.executable, "-c", code, database)
        variables = {
            "OS_NEUTRON_CONFIG_DIR": str(self.folder),
            "OS_NEUTRON_CONFIG_FILES": "neutron.conf;ml2_conf.ini",
        }
        self.serve("neutron", variables)

    def run(self, server, *command):
        """Runs a command that prepares a server."""
        with self.log(server) as log:
            subprocess.run(command, stdout=log, stderr=log, check=True)

    def serve(self, server, variables, *options):
        """Starts a server. It handles one call after the other, because SQLite has one writer at a time."""
        listening = self.sockets[server]
        command = [
            *(BIN / "uwsgi", "--http-socket", f"fd://{listening.fileno()}"),
            *("--module", f"{server}.wsgi.api:application", "--need-app"),
            *("--master", "--processes", "1", "--threads", "1", *options),
            # uwsgi closes every connection. Without the header, a client sends its next call into one that closes.
            *("--add-header", "Connection: close"),
        ]
        with self.log(server) as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | variables,
                pass_fds=[listening.fileno()],
                start_new_session=True,
            )
        (self.folder / f"{server}.pid").write_text(str(process.pid))
        # Now only the server has the socket. If the server ends, a connection is refused.
        listening.close()

    def log(self, server):
        return open(self.folder / f"{server}.log", "ab")

    def wait_for(self, server):
        """Sends one call, which waits in the socket's queue until the server is ready."""
        try:
            urllib.request.urlopen(self.urls[server], timeout=PATIENCE).close()
        except urllib.error.HTTPError as error:
            # Keystone and Glance respond to `/` with several choices.
            if error.code >= 400:
                raise

    def register(self):
        """Adds the services and endpoints that clients look up, and returns the token of the administrator."""
        domain = {"name": "Default"}
        user = {"name": "admin", "password": self.password, "domain": domain}
        auth = {
            "identity": {"methods": ["password"], "password": {"user": user}},
            "scope": {"project": {"name": "admin", "domain": domain}},
        }
        headers, body = self.call("POST", "/auth/tokens", {"auth": auth})
        proof = {"X-Auth-Token": headers["X-Subject-Token"]}
        # Without a role in the account, there are no tokens of the account.
        roles = {role["name"]: role["id"] for role in body["token"]["roles"]}
        grant = "/domains/default/users/%s/roles/%s" % (body["token"]["user"]["id"], roles["admin"])
        self.call("PUT", grant, None, proof)
        for kind, server in (("image", "glance"), ("network", "neutron")):
            _, made = self.call("POST", "/services", {"service": {"type": kind, "name": server}}, proof)
            endpoint = {
                "service_id": made["service"]["id"],
                "interface": "public",
                "region": REGION,
                "url": self.urls[server],
            }
            self.call("POST", "/endpoints", {"endpoint": endpoint}, proof)
        return body["token"]

    def call(self, method, path, body, headers={}):
        headers = {"Content-Type": "application/json"} | headers
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(self.identity + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            return response.headers, json.loads(response.read() or "null")

    def describe(self, token):
        """Writes what a test must know. The command reads its part from its environment."""
        described = {
            "keystone": self.urls["keystone"],
            "glance": self.urls["glance"],
            "neutron": self.urls["neutron"],
            "user": "admin",
            "password": self.password,
            "domain": token["user"]["domain"],
            "project": {key: token["project"][key] for key in ("id", "name")},
            "command": str(BIN / "openstack"),
            "environment": {
                "OS_AUTH_URL": self.identity,
                "OS_REGION_NAME": REGION,
                "OS_USERNAME": "admin",
                "OS_PASSWORD": self.password,
                "OS_PROJECT_NAME": "admin",
                "OS_USER_DOMAIN_NAME": "Default",
                "OS_PROJECT_DOMAIN_NAME": "Default",
                "OS_IDENTITY_API_VERSION": "3",
            },
        }
        (self.folder / "cloud.json").write_text(json.dumps(described, indent=2))


def listening():
    """A socket on a free port that accepts connections from now on, and hands them to whoever gets it."""
    one = socket.socket()
    one.bind(("127.0.0.1", 0))
    one.listen(64)
    return one


class Step:
    """Prints how long a step took."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        self.begin = time.monotonic()

    def __exit__(self, failed, *_):
        took = time.monotonic() - self.begin
        print(f"{took:6.1f} s  {self.name}{': failed' if failed else ''}", flush=True)


def start(folder):
    cloud = Cloud(folder)
    with Step("configurations"):
        cloud.configure()

    def prepare(server):
        with Step(f"{server}: database and start"):
            getattr(cloud, server)()

    def wait_for(server):
        with Step(f"{server}: first response"):
            cloud.wait_for(server)

    with ThreadPoolExecutor() as pool:
        for step in (prepare, wait_for):
            list(pool.map(step, SERVERS))
    with Step("services and endpoints"):
        cloud.describe(cloud.register())


def stop(folder):
    """Kills the servers. Nothing of them is kept, so they need not end in order."""
    for server in SERVERS:
        pid = folder / f"{server}.pid"
        if pid.exists():
            try:
                os.killpg(int(pid.read_text()), signal.SIGKILL)
            except ProcessLookupError:
                print(f"{server} ended before it was stopped", file=sys.stderr)
            pid.unlink()


if __name__ == "__main__":
    command, folder = sys.argv[1:]
    {"start": start, "stop": stop}[command](pathlib.Path(folder))
