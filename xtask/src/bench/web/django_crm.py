#!/usr/bin/env python3
"""Django-CRM with the people and deals of `cargo xtask bench web`, served while standard input is open.

    django_crm.py FOLDER PEOPLE.vcf DEALS.json NAME WORD

NAME and WORD are searched for. Prints one line of JSON: the program, where it listens, and which of
its pages are asked for, by a seller who owns everything. They are whole pages, made on the server, as
ours are.
"""
import contextlib
import importlib.metadata
import os
import secrets
import sys
from datetime import date
from pathlib import Path
from urllib.parse import quote_plus

import peer

SELLER, SETTINGS = "seller", "beside_settings"
GROUPS = ["managers", "co-workers", "Global sales"]
# As its own settings, but not for a developer, and its data file in the folder.
OWN = """from webcrm.settings import *
DEBUG = False
SECRET_KEY = {key!r}
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": {data!r}}}}}
"""


def configured(folder):
    """Django with its settings, ready to be asked."""
    file = folder / f"{SETTINGS}.py"
    if not file.exists():
        file.write_text(OWN.format(key=secrets.token_hex(), data=str(folder / "crm.sqlite")))
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    sys.path.insert(0, str(folder))
    import django

    django.setup()


def fill(people, deals):
    """A company for each firm, a contact for each person, a deal with the first of its people."""
    from crm.models import Company, Contact, Currency, Deal, Stage
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command

    # What it says of itself is no line for us.
    with contextlib.redirect_stdout(sys.stderr):
        call_command("setupdata")
    seller = User.objects.create_user(SELLER, is_staff=True)
    seller.groups.add(*Group.objects.filter(name__in=GROUPS))
    department = seller.groups.filter(department__isnull=False).first()
    own = {"owner": seller, "department": department}
    firms = sorted({person["firm"] for person in people})
    Company.objects.bulk_create(
        Company(full_name=firm, email=f"office@firm{at}.example", token=f"f{at}", **own)
        for at, firm in enumerate(firms))
    company = {each.full_name: each for each in Company.objects.all()}
    Contact.objects.bulk_create(
        Contact(first_name=first, last_name=last, email=person["email"], token=f"p{at}",
                address="1 Long Street, 10000 Town", company=company[person["firm"]], **own)
        for at, person in enumerate(people) for first, last in [person["name"].split()])
    contact = {each.email: each for each in Contact.objects.select_related("company")}
    stages = list(Stage.objects.filter(department=department))
    currency = Currency.objects.filter(name="EUR").first()
    Deal.objects.bulk_create(
        Deal(name=deal["name"], amount=deal["value"], currency=currency, ticket=f"d{at}",
             stage=stages[at % len(stages)], next_step="Call", next_step_date=date(2026, 1, 1),
             contact=of, company=of.company, active=deal["stage"] not in ("won", "lost"), **own)
        for at, deal in enumerate(deals) for of in [contact[deal["people"][0]["email"]]])


def cookie():
    """That of the seller, who has just signed in."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get(username=SELLER))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def looks(port, name, word):
    """What is looked at, and the request of it; each page must show what is looked for."""
    from django.conf import settings

    headers = {"Cookie": cookie()}
    crm = f"/en/{settings.SECRET_CRM_PREFIX}crm"
    for what, how, address, shown in [
        ("People", "contacts", f"{crm}/contact/", "Person"),
        ("Deals", "deals", f"{crm}/deal/", "Deal number"),
        ("People by name", "contacts, search", f"{crm}/contact/?q={quote_plus(name)}", name),
        ("Search", "contacts, search", f"{crm}/contact/?q={quote_plus(word)}", word),
    ]:
        request = {"method": "GET", "address": address, "headers": headers, "body": ""}
        if shown not in peer.answer(port, request):
            sys.exit(f"Django-CRM does not show {shown}: {address}")
        yield {"what": what, "how": how, "requests": [request]}


def main(folder, people, deals, name, word):
    folder = peer.made(Path(folder))
    configured(folder)
    if not peer.is_done(folder):
        fill(list(peer.people(people)), peer.deals(deals))
        peer.done(folder)
    port = peer.free_port()
    version = importlib.metadata.version("django-crm-admin")
    command = [peer.program("waitress-serve"), f"--listen=127.0.0.1:{port}", "webcrm.wsgi:application"]
    # The settings lie in the folder.
    os.environ["PYTHONPATH"] = str(folder)
    with peer.serving(command, port, folder / "log"):
        peer.tell(f"Django-CRM {version}", port, list(looks(port, name, word)))


if __name__ == "__main__":
    main(*sys.argv[1:])
