"""What the peers of `cargo xtask bench web` have in common: the same people and deals, a server for as
long as standard input is open, and one line that says what to ask of it."""
import contextlib
import http.client
import json
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

START_S = 60


def people(cards):
    """Those of the address book, as dictionaries."""
    for card in Path(cards).read_text().split("END:VCARD")[:-1]:
        lines = dict(line.split(":", 1) for line in card.strip().splitlines())
        yield {"name": lines["FN"], "email": lines["EMAIL"], "firm": lines["ORG"]}


def deals(file):
    return json.loads(Path(file).read_text())["deals"]


def made(folder):
    """The folder, emptied if it was not finished."""
    if folder.exists() and not is_done(folder):
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def is_done(folder):
    return (folder / "done").exists()


def done(folder):
    (folder / "done").touch()


def program(name):
    """A program of this Python."""
    return str(Path(sys.executable).with_name(name))


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@contextlib.contextmanager
def serving(command, port, log):
    """The server, from when it listens on; it ends with this block."""
    with log.open("w") as out:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        until = time.monotonic() + START_S
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            if server.poll() is not None or time.monotonic() > until:
                sys.exit(f"{command[0]} does not listen: {log}")
            time.sleep(0.1)
        yield server
    finally:
        server.terminate()
        server.wait()


def answer(port, request):
    """The text of an answer, which must be good."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request(request["method"], request["address"], request["body"], request["headers"])
    response = connection.getresponse()
    text = response.read().decode()
    if response.status != 200:
        sys.exit(f"{request['address']}: {response.status} {text[:300]}")
    return text


def tell(name, port, looks):
    """One line with what to ask; then waits until nobody wants more."""
    line = {"program": name, "host": f"127.0.0.1:{port}", "looks": looks}
    print(json.dumps(line), flush=True)
    sys.stdin.read()
