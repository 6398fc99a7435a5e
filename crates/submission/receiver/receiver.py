"""The mail server of the tests: takes letters on this machine and keeps them as files.

    receiver.py FOLDER

It proves itself by FOLDER/server.pem and FOLDER/server.key, listens on two free ports (encrypted from
the first byte on; by STARTTLS), says both in one line, and ends when its standard input does. A letter is a file in FOLDER/letters: sender, recipients, and the bytes as they came.

Whoever is called slowN@ makes it pause N milliseconds at each step of their letter: before it answers to the
recipient, before it keeps the letter, and before it says that it did. A letter to breaks@ is kept, and the line
broken in place of an answer.
"""

import asyncio
import base64
import itertools
import logging
import os
import re
import socket
import ssl
import sys
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER = "me@seller.example"
PASSWORD = b"swordfish"
# The people of the mailboxes that tests read, who sign in here as they do there.
MAILBOX_USER = re.compile(r"seller\d+")
MAILBOX_PASSWORD = b"loopback only"
TOKEN = "token-of-today"


async def pause(addresses):
    """Waits as long as the slowest of them asks for."""
    asked = (re.match(r"slow(\d+)@", address) for address in addresses)
    await asyncio.sleep(max((int(one[1]) for one in asked if one), default=0) / 1000)


class Letters:
    def __init__(self, folder, name):
        self.folder, self.name, self.count = folder, name, itertools.count()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such user"
        await pause([address])
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        await pause(envelope.rcpt_tos)
        head = f"{envelope.mail_from}\n{' '.join(envelope.rcpt_tos)}\n".encode()
        place = os.path.join(self.folder, f"{self.name}-{next(self.count)}")
        with open(place + ".part", "wb") as file:
            file.write(head + envelope.original_content)
        os.rename(place + ".part", place)
        await pause(envelope.rcpt_tos)
        if any(address.startswith("breaks@") for address in envelope.rcpt_tos):
            server.transport.abort()
        return "250 2.0.0 kept"

    async def auth_XOAUTH2(self, server, args):
        said = base64.b64decode(args[1]).decode()
        if said == f"user={USER}\x01auth=Bearer {TOKEN}\x01\x01":
            return AuthResult(success=True)
        await server.challenge_auth('{"status":"401"}', encode_to_b64=True)
        return AuthResult(success=False, handled=False)


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and (
        (data.login, data.password) == (USER.encode(), PASSWORD)
        or (bool(MAILBOX_USER.fullmatch(data.login.decode())) and data.password == MAILBOX_PASSWORD)
    )
    return AuthResult(success=good, handled=False)


# It warns of a server without encryption, which it does not see here, and of its own past.
warnings.simplefilter("ignore")
logging.disable(logging.WARNING)


def free_port():
    """A port that nobody listens on; the server wants to be told one."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def main():
    folder = sys.argv[1]
    letters = os.path.join(folder, "letters")
    os.makedirs(letters, exist_ok=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*(os.path.join(folder, f"server.{part}") for part in ("pem", "key")))
    shared = dict(hostname="127.0.0.1", authenticator=authenticate, auth_required=True)
    # It knows only encryption by STARTTLS as such, so the other is told that it needs none.
    at_once = dict(ssl_context=context, auth_require_tls=False)
    midway = dict(tls_context=context, require_starttls=True)
    controllers = []
    for name, encryption in (("tls", at_once), ("starttls", midway)):
        controller = Controller(Letters(letters, name), port=free_port(), **shared, **encryption)
        controller.start()
        controllers.append(controller)
    print("ready", *(controller.port for controller in controllers), flush=True)
    sys.stdin.read()
    for controller in controllers:
        controller.stop()


main()
