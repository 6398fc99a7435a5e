"""The mail server of the tests: takes letters on this machine and keeps them as files.

    receiver.py FOLDER

It makes an authority of its own, whose certificate it writes to FOLDER/authority.pem, listens on two
free ports (encrypted from the first byte on; by STARTTLS), says both in one line, and ends when its
standard input does. A letter is a file in FOLDER/letters: sender, recipients, and the bytes as they came.
"""

import base64
import itertools
import os
import ssl
import sys

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER = "me@seller.example"
PASSWORD = b"swordfish"
TOKEN = "token-of-today"


class Letters:
    def __init__(self, folder, name):
        self.folder, self.name, self.count = folder, name, itertools.count()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        head = f"{envelope.mail_from}\n{' '.join(envelope.rcpt_tos)}\n".encode()
        place = os.path.join(self.folder, f"{self.name}-{next(self.count)}")
        with open(place + ".part", "wb") as file:
            file.write(head + envelope.original_content)
        os.rename(place + ".part", place)
        return "250 2.0.0 kept"

    async def auth_XOAUTH2(self, server, args):
        said = base64.b64decode(args[1]).decode()
        if said == f"user={USER}\x01auth=Bearer {TOKEN}\x01\x01":
            return AuthResult(success=True)
        await server.challenge_auth('{"status":"401"}', encode_to_b64=True)
        return AuthResult(success=False, handled=False)


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD)
    return AuthResult(success=good, handled=False)


def main():
    folder = sys.argv[1]
    letters = os.path.join(folder, "letters")
    os.makedirs(letters, exist_ok=True)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(os.path.join(folder, "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    shared = dict(hostname="127.0.0.1", port=0, authenticator=authenticate, auth_required=True)
    # It knows only encryption by STARTTLS as such, so the other is told that it needs none.
    encrypted = Controller(Letters(letters, "tls"), ssl_context=context, auth_require_tls=False, **shared)
    midway = Controller(
        Letters(letters, "starttls"), tls_context=context, require_starttls=True, **shared
    )
    ports = []
    for controller in (encrypted, midway):
        controller.start()
        ports.append(controller.server.sockets[0].getsockname()[1])
    print("ready", *ports, flush=True)
    sys.stdin.read()
    for controller in (encrypted, midway):
        controller.stop()


main()
