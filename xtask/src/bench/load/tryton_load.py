#!/usr/bin/env python3
"""Tryton on PostgreSQL with the people and deals of `cargo xtask bench load`, served while standard input is open.

    tryton_load.py FOLDER PEOPLE.vcf DEALS.json WORD URL

URL is a database of the server in which Tryton gets one of its own. Prints one line of JSON: the program, where it
listens, and what is asked of it: a list of 50, a search, and a new deal.
"""
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import peer
import psycopg
import tryton

SHOWN = 50
# As many as a machine of two cores has use for.
SERVED = ["--workers", "2", "--threads", "4", "--worker-class", "gthread"]


def configured(folder, server):
    """Where its settings lie; its database is an empty one."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {tryton.DATABASE}")
    file = folder / "trytond.conf"
    uri = urlsplit(server)._replace(scheme="postgresql", path="/").geturl()
    file.write_text(f"[database]\nuri = {uri}\n[session]\nmax_age = 86400\n")
    return file


def looks(client, word):
    party, deal = ("model.party.party", tryton.PARTY), ("model.sale.opportunity", tryton.DEAL)
    by_word = [["rec_name", "ilike", f"%{word}%"]]

    def rows(model, domain, fields):
        request = client.request(
            f"{model}.search_read", domain, 0, SHOWN, None, fields, client.context)
        if not client.result(request):
            sys.exit(f"Tryton finds nothing: {domain}")
        return request

    first, = client.result(client.request(
        f"{deal[0]}.search_read", [], 0, 1, None, ["party", "company", "employee"], client.context))
    made = client.request(f"{deal[0]}.create", [{
        "party": first["party"], "company": first["company"], "employee": first["employee"],
        "description": "Made {n}", "reference": "Firm {n}", "amount": None}], client.context)
    client.result(made)
    asked = {"50 deals": rows(deal[0], [], deal[1]), "search": rows(party[0], by_word, party[1]),
             "make a deal": made}
    return [{"what": what, "how": "", "requests": [request]} for what, request in asked.items()]


def main(folder, people, deals, word, server):
    import trytond

    folder = peer.made(Path(folder))
    settings = configured(folder, server)
    tryton.install(folder, settings)
    tryton.fill(settings, list(peer.people(people)), peer.deals(deals))
    port = peer.free_port()
    os.environ.update(TRYTOND_CONFIG=str(settings), TRYTOND_DATABASE_NAMES=tryton.DATABASE)
    command = [peer.program("gunicorn"), *SERVED, "--bind", f"127.0.0.1:{port}", "trytond.application:app"]
    with peer.serving(command, port, folder / "log"):
        peer.tell(f"Tryton {trytond.__version__}", port, looks(tryton.Client(port), word))


if __name__ == "__main__":
    main(*sys.argv[1:])
