#!/usr/bin/env python3
"""Makes series.tsv: 200 made-up series and when they take place in a while, by python-dateutil 4.0.0.
The first meeting of a series counts, whatever its rule says (RFC 5545, 3.8.5.3)."""
import random
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

UTC = timezone.utc
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "UTC"]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
random.seed(5545)


def some(items, most):
    return ",".join(str(item) for item in random.sample(items, random.randint(1, most)))


def rule(start):
    freq = random.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    parts = [f"FREQ={freq}"]
    if random.random() < 0.5:
        parts.append(f"INTERVAL={random.randint(2, 5)}")
    end = random.random()
    if end < 0.3:
        parts.append(f"COUNT={random.randint(1, 60)}")
    elif end < 0.6:
        last = start.astimezone(UTC) + timedelta(days=random.randint(0, 4000))
        parts.append(f"UNTIL={last:%Y%m%dT%H%M%SZ}")
    if freq in ("WEEKLY", "DAILY") and random.random() < 0.6:
        parts.append(f"BYDAY={some(DAYS, 4)}")
    if freq in ("MONTHLY", "YEARLY"):
        kind = random.random()
        if freq == "YEARLY":
            parts.append(f"BYMONTH={some(range(1, 13), 3)}")
        if kind < 0.3:
            nth = [f"{n}{day}" for n in (1, 2, 3, 4, -1, -2) for day in DAYS]
            parts.append(f"BYDAY={some(nth, 3)}")
        elif kind < 0.5:
            parts.append(f"BYDAY={some(DAYS, 5)};BYSETPOS={random.choice([1, 2, -1, -2])}")
        elif kind < 0.8:
            days = [*range(1, 32), -1, -2, -7]
            parts.append(f"BYMONTHDAY={some(days, 4)}")
    if random.random() < 0.3:
        parts.append(f"WKST={random.choice(DAYS)}")
    return ";".join(parts)


with open("series.tsv", "w") as out:
    for _ in range(200):
        zone = random.choice(ZONES)
        day = datetime(2015, 1, 1) + timedelta(days=random.randint(0, 4200))
        start = day.replace(hour=random.randint(0, 23), minute=random.choice([0, 30]), tzinfo=ZoneInfo(zone))
        begin = start.date() + timedelta(days=random.choice([0, 0, random.randint(0, 3000)]))
        begin = datetime(begin.year, begin.month, begin.day, tzinfo=UTC)
        end = begin + timedelta(days=random.choice([7, 40, 40, 400]))
        text = rule(start)
        found = {start.astimezone(UTC)}
        for at in rrulestr(f"RRULE:{text}", dtstart=start):
            at = at.astimezone(UTC)
            if at >= end:
                break
            found.add(at)
        starts = " ".join(f"{at:%Y%m%dT%H%MZ}" for at in sorted(found) if begin <= at < end)
        print(f"{start:%Y%m%dT%H%M%S}", zone, text, f"{begin:%Y-%m-%d}", f"{end:%Y-%m-%d}", starts, sep="\t", file=out)
