#!/usr/bin/env python3
"""Tryton with the people and deals of `cargo xtask bench web`, served while standard input is open.

    tryton.py FOLDER PEOPLE.vcf DEALS.json NAME WORD

NAME is looked for in names, WORD wherever it looks. Prints one line of JSON: the program, where it
listens, and what is asked of it, as its web client (tryton-sao 8.0) asks: the numbers of at most 1,000
rows, how many there are if these may not be all, and the columns of the first 100.
"""
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import peer

DATABASE, USER, PASSWORD = "beside", "admin", "beside-the-pages"
ROWS, READ = 1000, 100
MARKS = ["rec_name", "_timestamp", "_write", "_delete"]
# The columns of the lists that come with the modules, and what the client adds to them.
PARTY = ["code", "name", "lang", "lang.rec_name", "tax_identifier", "tax_identifier.rec_name", *MARKS]
DEAL = ["company", "company.rec_name", "currency", "currency.rec_name", "number", "reference",
        "start_date", "end_date", "employee", "employee.rec_name", "description", "party",
        "party.rec_name", "amount", "state", "state:string", "conversion_probability", *MARKS]
STATES = {"lead": "lead", "won": "won", "lost": "lost"}


def configured(folder):
    """Where its settings lie, beside an empty data file."""
    (folder / f"{DATABASE}.sqlite").touch()
    file = folder / "trytond.conf"
    file.write_text(f"[database]\nuri = sqlite://\npath = {folder}\n[session]\nmax_age = 86400\n")
    return file


def install(folder, settings):
    """The modules, in an empty database."""
    password = folder / "password"
    password.write_text(PASSWORD)
    subprocess.run(
        [peer.program("trytond-admin"), "-c", settings, "-d", DATABASE, "-u", "party",
         "sale_opportunity", "--activate-dependencies", "--email", "admin@example.com", "-p"],
        env={**os.environ, "TRYTONPASSFILE": str(password)}, stdout=sys.stderr, check=True)


def fill(settings, people, deals):
    """Each person with an address and an e-mail address, each deal with the first of its people."""
    from trytond import config

    config.update_etc(str(settings))
    from trytond.pool import Pool
    from trytond.transaction import Transaction

    Pool.start()
    pool = Pool(DATABASE)
    with Transaction().start(DATABASE, 0):
        pool.init()
        admin, = pool.get("res.user").search([("login", "=", USER)])
    with Transaction().start(DATABASE, admin.id) as transaction:
        of = pool.get
        currency, = of("currency.currency").create([{
            "name": "Euro", "symbol": "€", "code": "EUR",
            "rates": [("create", [{"date": date(2020, 1, 1), "rate": 1}])]}])
        own, seller = of("party.party").create([{"name": "Our firm"}, {"name": "Seller"}])
        company, = of("company.company").create([{"party": own.id, "currency": currency.id}])
        employee, = of("company.employee").create([{"party": seller.id, "company": company.id}])
        of("res.user").write([of("res.user")(admin.id)], {
            "companies": [("add", [company.id])], "company": company.id})
        parties = of("party.party").create([{
            "name": person["name"],
            "addresses": [("create", [{"party_name": person["firm"], "street": "1 Long Street",
                                       "postal_code": "10000", "city": "Town"}])],
            "contact_mechanisms": [("create", [{"type": "email", "value": person["email"]}])],
        } for person in people])
        by_email = {person["email"]: party.id for person, party in zip(people, parties)}
        with transaction.set_context(company=company.id):
            of("sale.opportunity").create([{
                "party": by_email[deal["people"][0]["email"]], "company": company.id,
                "employee": employee.id, "description": deal["name"], "amount": deal["value"],
                "start_date": date(2026, 1, 1), "reference": deal["organization"],
                "state": STATES.get(deal["stage"], "opportunity"),
            } for deal in deals])
        transaction.commit()


class Client:
    """Asks as the web client does, and keeps how."""

    def __init__(self, port):
        self.address, self.headers = f"/{DATABASE}/rpc/", {"Content-Type": "application/json"}
        self.port = port
        user, key, _ = self.result(self.request("common.db.login", USER, {"password": PASSWORD}))
        self.headers["Cookie"] = f"tryton_session={USER}:{user}:{key}"
        self.context = self.result(self.request("model.res.user.get_preferences", True, {}))

    def request(self, method, *params):
        body = json.dumps({"id": 1, "method": method, "params": list(params)})
        return {"method": "POST", "address": self.address, "headers": self.headers, "body": body}

    def result(self, request):
        answer = json.loads(peer.answer(self.port, request))
        if "error" in answer:
            sys.exit(f"Tryton: {answer['error'][:2]}")
        return answer["result"]

    def listed(self, model, domain, fields):
        """The requests that show a list."""
        model = f"model.{model}"
        search = self.request(f"{model}.search", domain, 0, ROWS, None, self.context)
        found = self.result(search)
        if not found:
            sys.exit(f"Tryton finds nothing: {domain}")
        requests = [search]
        if len(found) == ROWS:
            requests.append(
                self.request(f"{model}.search_count", domain, 0, 100 * ROWS, self.context))
        return [*requests, self.request(f"{model}.read", found[:READ], fields, self.context)]

    def one(self, model, domain, fields):
        """The same in one request, of as many rows as are shown."""
        return [self.request(
            f"model.{model}.search_read", domain, 0, READ, None, fields, self.context)]


def looks(client, name, word):
    """What is looked at, and the requests of it."""
    party, deal = ("party.party", PARTY), ("sale.opportunity", DEAL)
    by_name = [["name", "ilike", f"%{name}%"]]
    by_word = [["rec_name", "ilike", f"%{word}%"]]
    asked = [
        ("People", "parties, as its web client asks", client.listed(party[0], [], party[1])),
        ("People", "parties, one search_read of 100", client.one(party[0], [], party[1])),
        ("Deals", "opportunities, as its web client asks", client.listed(deal[0], [], deal[1])),
        ("Deals", "opportunities, one search_read of 100", client.one(deal[0], [], deal[1])),
        ("People by name", "parties, name", client.listed(party[0], by_name, party[1])),
        ("Search", "parties, quick search (rec_name)", client.listed(party[0], by_word, party[1])),
    ]
    return [{"what": what, "how": how, "requests": requests} for what, how, requests in asked]


def main(folder, people, deals, name, word):
    import trytond

    folder = Path(folder)
    settings = configured(peer.made(folder))
    if not peer.is_done(folder):
        install(folder, settings)
        fill(settings, list(peer.people(people)), peer.deals(deals))
        peer.done(folder)
    port = peer.free_port()
    web = folder / "served.conf"
    web.write_text(settings.read_text() + f"[web]\nlisten = 127.0.0.1:{port}\n")
    with peer.serving([peer.program("trytond"), "-c", web, "-d", DATABASE], port, folder / "log"):
        peer.tell(f"Tryton {trytond.__version__}", port, looks(Client(port), name, word))


if __name__ == "__main__":
    main(*sys.argv[1:])
