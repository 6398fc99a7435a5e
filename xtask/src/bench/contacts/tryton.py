#!/usr/bin/env python3
"""Tryton takes in the people of `cargo xtask bench contacts`, as its clients bring them.

    tryton.py FOLDER CONTACTS.csv COUNT

Prints a line for each way: how, seconds of the clock, seconds of processor and the most memory in MB of
its server, parties.
Its clients import a CSV file by one call of `import_data` on the model over its web API; scripts bring
records by `create`, here a thousand a call. Both are asked of a server that has just started, each of an
empty data file.
"""
import csv
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

# What the peers of `cargo xtask bench web` have in common.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "web"))
import peer  # noqa: E402

DATABASE, USER, PASSWORD = "beside", "admin", "beside-the-pages"
BATCH = 1000
FIELDS = ["name", "addresses/party_name", "addresses/street", "addresses/postal_code",
          "addresses/city", "contact_mechanisms/type", "contact_mechanisms/value"]


def people(file, count):
    """The first so many of the list."""
    with open(file, newline="", encoding="utf-8") as rows:
        for at, row in enumerate(csv.DictReader(rows)):
            if at >= count:
                return
            yield row


def name(person):
    return f"{person['First Name']} {person['Last Name']}"


def rows(persons):
    """Lines of an import: what a party has more of stands on lines of its own below."""
    for person in persons:
        yield [name(person), person["Company Name"], person["Street Address"], person["Postal Code"],
               person["City"], "email", person["Email"]]
        if person["Phone Number"]:
            yield ["", "", "", "", "", "phone", person["Phone Number"]]


def records(persons):
    """The same as `create` wants it."""
    for person in persons:
        ways = [{"type": "email", "value": person["Email"]}]
        if person["Phone Number"]:
            ways.append({"type": "phone", "value": person["Phone Number"]})
        yield {"name": name(person),
               "addresses": [["create", [{
                   "party_name": person["Company Name"], "street": person["Street Address"],
                   "postal_code": person["Postal Code"], "city": person["City"]}]]],
               "contact_mechanisms": [["create", ways]]}


def installed(folder):
    """The settings of an empty data file with the module of parties."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    password = folder / "password"
    password.write_text(PASSWORD)
    settings = folder / "trytond.conf"
    # A call of an import is larger than what it takes by itself.
    settings.write_text(
        f"[database]\nuri = sqlite://\npath = {folder}\n[session]\nmax_age = 86400\n"
        "[request]\nmax_size = 1073741824\nmax_size_authenticated = 1073741824\n")
    (folder / f"{DATABASE}.sqlite").touch()
    subprocess.run(
        [peer.program("trytond-admin"), "-c", settings, "-d", DATABASE, "-u", "party",
         "--activate-dependencies", "--email", "admin@example.com", "-p"],
        env={**os.environ, "TRYTONPASSFILE": str(password)}, stdout=sys.stderr, check=True)
    return settings


class Client:
    """Asks as a client does."""

    def __init__(self, port):
        self.port, self.headers = port, {"Content-Type": "application/json"}
        user, key, _ = self.call("common.db.login", USER, {"password": PASSWORD})
        self.headers["Cookie"] = f"tryton_session={USER}:{user}:{key}"
        self.context = self.call("model.res.user.get_preferences", True, {})

    def call(self, method, *params):
        body = json.dumps({"id": 1, "method": method, "params": list(params)})
        answer = json.loads(peer.answer(self.port, {
            "method": "POST", "address": f"/{DATABASE}/rpc/", "headers": self.headers, "body": body}))
        if "error" in answer:
            sys.exit(f"Tryton: {str(answer['error'])[:600]}")
        return answer["result"]


def count(client, model):
    return client.call(f"model.party.{model}.search_count", [], 0, None, client.context)


def memory_mb(pid):
    """The most that a process has held."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def processor_s(pid):
    """What a process has taken so far, itself and for the system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def import_data(client, persons):
    client.call("model.party.party.import_data", FIELDS, list(rows(persons)), client.context)


def create(client, persons):
    wanted = list(records(persons))
    for start in range(0, len(wanted), BATCH):
        client.call("model.party.party.create", wanted[start:start + BATCH], client.context)


def measured(folder, persons, way):
    """Seconds, memory and how many parties came in."""
    settings = installed(folder)
    port = peer.free_port()
    web = folder / "served.conf"
    web.write_text(settings.read_text() + f"[web]\nlisten = 127.0.0.1:{port}\n")
    with peer.serving([peer.program("trytond"), "-c", web, "-d", DATABASE], port,
                      folder / "log") as server:
        client = Client(port)
        before, spent = count(client, "party"), processor_s(server.pid)
        started = time.monotonic()
        way(client, persons)
        seconds = time.monotonic() - started
        spent = processor_s(server.pid) - spent
        ways = sum(1 + bool(person["Phone Number"]) for person in persons)
        if (count(client, "address"), count(client, "contact_mechanism")) != (len(persons), ways):
            sys.exit("Tryton has not all addresses and contact mechanisms")
        return seconds, spent, memory_mb(server.pid), count(client, "party") - before


def main(folder, contacts, count):
    import trytond

    persons = list(people(contacts, int(count)))
    for way in (import_data, create):
        seconds, spent, memory, parties = measured(Path(folder).resolve(), persons, way)
        how = {"import_data": "its import (`import_data`), one call",
               "create": f"`create`, {BATCH} a call"}[way.__name__]
        print(f"Tryton {trytond.__version__}, {how}", f"{seconds:.1f}", f"{spent:.1f}",
              f"{memory:.0f}", parties, sep="\t", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
