"""Prints what openstacksdk reads from each case below a folder, as JSON: {case: {setting: text}}.

    read.py FOLDER

A case is a folder with `env` (lines NAME=value), perhaps `named` (the name of a cloud), and the directories `work`,
`home`, `xdg` and `etc`. Users, passwords and scopes come from the request that the authentication plugin would send,
so the settings are compared as the identity service would see them.
"""

import importlib
import json
import os
import pathlib
import sys
import warnings

from openstack.config import loader


class Sent(Exception):
    """The body of the request for a token."""


class Session:
    """Takes the request instead of sending it."""

    def post(self, url, json=None, **_):
        raise Sent(json["auth"])


def read(case):
    """The settings of one case as texts."""
    os.environ.clear()
    for line in (case / "env").read_text().splitlines():
        name, _, value = line.partition("=")
        os.environ[name] = value
    os.environ["HOME"] = str(case / "home")
    os.environ["XDG_CONFIG_DIRS"] = str(case / "xdg")
    os.chdir(case / "work")
    # The module looks for directories when it is loaded.
    importlib.reload(loader)
    for files in (loader.CONFIG_FILES, loader.SECURE_FILES, loader.VENDOR_FILES):
        files[:] = [
            file.replace("/etc/openstack/", f"{case}/etc/") if file.startswith("/etc/") else file for file in files
        ]
    named = case / "named"
    try:
        region = loader.OpenStackConfig().get_one(named.read_text().strip() if named.exists() else None)
        found = settings(region)
    except Exception as error:  # Every failure is an answer.
        return {"error": f"{type(error).__name__}: {error}"}
    return {key: str(value) for key, value in found.items() if value is not None}


def settings(region):
    """The settings of a cloud as texts."""
    verify, cert = region.get_requests_verify_args()
    certificate, key = cert if isinstance(cert, tuple) else (cert, None)
    cacert = region.config.get("cacert")
    timeout = region.config.get("api_timeout")
    interface = region.get_interface()
    interface = interface[0] if isinstance(interface, list) else interface
    found = {
        "name": region.name,
        "auth_url": region.get_auth_args().get("auth_url"),
        "region": region.region_name or None,
        "interface": interface.removesuffix("URL"),
        "insecure": "true" if verify is False else None,
        "roots": os.path.expanduser(cacert) if cacert else None,
        "certificate": certificate,
        "key": key,
        "timeout": None if timeout is None else f"{float(timeout):g}",
    }
    for setting in region.config:
        for suffix in ("_endpoint_override", "_endpoint"):
            service = setting.removesuffix(suffix)
            if service != setting:
                found[f"endpoint.{service}"] = region.get_endpoint(service)
                break
    return found | authentication(region)


def authentication(region):
    """Who calls, and the scope, from the request for a token."""
    plugin = region.get_auth()
    if hasattr(plugin, "create_plugin"):
        plugin = plugin.create_plugin(Session(), (3, 0), plugin.auth_url)
    try:
        plugin.get_auth_ref(Session())
    except Sent as sent:
        (auth,) = sent.args
    found = {}
    for method in auth["identity"]["methods"]:
        found |= proof(auth["identity"][method])
    for level, target in auth.get("scope", {}).items():
        found[f"{level}_id"] = target.get("id")
        found[f"{level}_name"] = target.get("name")
        domain = target.get("domain", {})
        found["project_domain_id"] = domain.get("id")
        found["project_domain_name"] = domain.get("name")
    return found


def proof(method):
    """The user and the secret of one authentication method."""
    if "user" not in method:
        return {"token": method["id"]}
    user = method["user"]
    domain = user.get("domain", {})
    return {
        "user_id": user.get("id"),
        "user_name": user.get("name"),
        "user_domain_id": domain.get("id"),
        "user_domain_name": domain.get("name"),
    } | {secret: user[secret] for secret in ("password", "passcode") if secret in user}


def main():
    warnings.simplefilter("ignore")
    folder = pathlib.Path(sys.argv[1]).resolve()
    # What was in the environment must not be in any case.
    print(json.dumps({case.name: read(case) for case in sorted(folder.iterdir())}, indent=1))


main()
