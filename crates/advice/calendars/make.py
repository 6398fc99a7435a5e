#!/usr/bin/env python3
"""Writes holidays.csv beside it from the data package `holidays` (vacanza, MIT; made with 0.108).

    pip install holidays==0.108 && ./make.py > holidays.csv

Days that a rule gives in nearly all years become that rule, weekends left aside; the others stand
with their dates.
The share is 1 for a day of the whole country, else the share of its parts that keep it. `cet` is no
country: the mean of those that keep Central European Time, for people of whom only that is known.
"""
import sys
from collections import defaultdict
from datetime import date, timedelta

import holidays

FIRST, LAST, LEAST, MOST_YEARS = 2020, 2035, 0.3, 0.85
CET = "at be ch cz de dk es fr hr hu it lu nl no pl se si sk".split()
OTHERS = (
    "ae ar au bg br ca cl cn co cy ee fi gb gr hk ie il in is jp kr li lt lv mt mx nz pt ro rs sa "
    "sg tr tw ua us za"
).split()
WEEKDAYS = "mon tue wed thu fri sat sun".split()
YEARS = range(FIRST, LAST + 1)


def easter(year):
    """Of the Gregorian calendar (Meeus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def pascha(year):
    """Easter of the Eastern churches, in Gregorian days."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    f = d + e + 114
    return date(year, f // 31, f % 31 + 1) + timedelta(13)


def working_years(rule):
    """Of how many years a rule names a day that is no weekend."""
    if not rule[:5].replace("-", "").isdigit() or len(rule) != 5:
        return len(YEARS)
    month, day = int(rule[:2]), int(rule[3:])
    return sum(date(year, month, day).weekday() < 5 for year in YEARS if rule != "02-29")


def rules(day):
    """The rules that would give a day."""
    nth = (day.day - 1) // 7 + 1
    yield f"{day:%m-%d}"
    for name, of in (("easter", easter), ("pascha", pascha)):
        apart = (day - of(day.year)).days
        if -60 <= apart <= 70:
            yield f"{name}{apart:+}"
    yield f"{day:%m}-{WEEKDAYS[day.weekday()]}-{nth}"
    if (day + timedelta(7)).month != day.month:
        yield f"{day:%m}-{WEEKDAYS[day.weekday()]}-last"


def days(country):
    """Share and name of each day."""
    shown = lambda h: {d: h.get(d) for d in h}
    of = lambda part: shown(
        holidays.country_holidays(country.upper(), subdiv=part, years=YEARS, language="en_US")
    )
    whole = of(None)
    shares, names = defaultdict(float), {}
    parts = holidays.country_holidays(country.upper()).subdivisions
    for part in parts:
        for day, name in of(part).items():
            shares[day] += 1 / len(parts)
            names.setdefault(day, name)
    for day, name in whole.items():
        shares[day], names[day] = 1.0, name
    return {day: (round(share, 1), names[day]) for day, share in shares.items() if share >= LEAST}


def called(rule, day, name):
    """A short name; days of one feast have one."""
    base = rule.rstrip("+-0123456789") if rule.startswith(("easter", "pascha")) else ""
    if base and -3 <= int(rule[6:]) <= 1:
        return "Easter"
    if base and 49 <= int(rule[6:]) <= 50:
        return "Whitsun"
    if (day.month, day.day) in ((12, 24), (12, 25), (12, 26), (12, 27), (12, 28)):
        return "Christmas"
    if (day.month, day.day) in ((12, 31), (1, 1), (1, 2)):
        return "New Year"
    name = name.split(";")[0].split(" (")[0]
    if not name.endswith("Bank Holiday"):
        name = name.removesuffix(" Holiday")
    return name.replace(",", "").replace("International ", "").strip()


def lines(kept):
    """Rules that hold in nearly all years, then single days."""
    kept = {day: of for day, of in kept.items() if day.weekday() < 5 and FIRST <= day.year <= LAST}
    by_rule = defaultdict(list)
    for day, (share, name) in kept.items():
        for rule in rules(day):
            by_rule[rule].append((day, share, name))
    told = set()
    order = {"easter": 1, "pascha": 2}
    for rule, found in sorted(by_rule.items(), key=lambda item: (order.get(item[0][:6], 0), item[0])):
        shares = {share for _, share, _ in found}
        new = [entry for entry in found if entry[0] not in told]
        if len(found) < MOST_YEARS * working_years(rule) or len(new) < len(found) / 2:
            continue
        told.update(day for day, *_ in found)
        day, _, name = found[-1]
        yield rule, sorted(shares)[len(shares) // 2], called(rule, day, name)
    for day, (share, name) in sorted(kept.items()):
        if day not in told:
            yield f"{day}", share, called(f"{day}", day, name)


def main():
    print("# Days on which people do not work, by country (ISO 3166; cet: where clocks show Central European Time).")
    print(f"# Made by make.py from the data package holidays {holidays.__version__} (github.com/vacanza/holidays, MIT).")
    print(f"# A rule is MM-DD, easter±N, pascha±N or MM-WEEKDAY-NTH; days of no rule stand for {FIRST} to {LAST}.")
    print("country,day,share,name")
    mean = defaultdict(lambda: [0.0, ""])
    for country in sorted(CET + OTHERS):
        for rule, share, name in lines(days(country)):
            print(f"{country},{rule},{share:g},{name}")
            if country in CET and rule.count("-") < 2:
                mean[rule][0] += share / len(CET)
                mean[rule][1] = mean[rule][1] or name
    for rule, (share, name) in sorted(mean.items()):
        if share >= LEAST:
            print(f"cet,{rule},{round(share, 1):g},{name}")


sys.exit(main())
