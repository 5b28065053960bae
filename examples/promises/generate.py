#!/usr/bin/env python3
"""Writes promises.csv and promise_events.csv of this folder: synthetic, seeded, the same bytes each run."""

import csv
import datetime
import random
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIRST = datetime.date(2025, 1, 1)
REGIONS = ["North", "South"]

PROMISES = [
    ["promise_id", "text", "topic", "indicator", "operator", "target", "unit", "remedy", "effective_from", "effective_to", "owner"],
    ["delivery", "Delivered within three working days", "Delivery", "working days from order to delivery", "<=", "3", "days", "10 EUR", "2025-01-01", "2025-12-31", "Logistics"],
    ["delivery", "Delivered within two working days", "Delivery", "working days from order to delivery", "<=", "2", "days", "10 EUR", "2026-01-01", "", "Logistics"],
    ["callback", "We call back on the same day", "Service", "called back on the day", "", "", "", "", "2025-01-01", "", "Service desk"],
    ["refund", "Your money is back within seven days", "Returns", "days from return to refund", "<=", "7", "days", "5 EUR", "2025-07-01", "", "Finance"],
    ["privacy", "We never sell your data", "Personal data", "", "", "", "", "", "2025-01-01", "", "Legal"],
]


def events(rng):
    """One row an event: delivery got slower when the promise became stricter."""
    number = 0
    for day in range(546):
        date = FIRST + datetime.timedelta(days=day)
        for promise, chance in [("delivery", 0.9), ("callback", 0.35), ("refund", 0.25)]:
            if rng.random() > chance or (promise == "refund" and date < datetime.date(2025, 7, 1)):
                continue
            number += 1
            region = rng.choice(REGIONS)
            value, met, due, paid = "", "", "", ""
            if promise == "callback":
                met = "yes" if rng.random() < 0.88 else "no"
            else:
                usual, promised, remedy = (1.4, 3 if date.year == 2025 else 2, 10) if promise == "delivery" else (4.5, 7, 5)
                slow = 1.25 if region == "South" else 1.0
                value = max(1, round(rng.gauss(usual * slow, usual * 0.45)))
                if value > promised:
                    due = remedy
                    paid = remedy if rng.random() < 0.8 else ""
            broken = due != "" or met == "no"
            complaint = f"C{number}" if broken and rng.random() < 0.3 else ""
            yield [f"E{number}", promise, date.isoformat(), region, value, met, due, paid, complaint]


def write(name, rows):
    with (HERE / name).open("w", newline="", encoding="utf-8") as target:
        csv.writer(target, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    header = ["event_id", "promise_id", "date", "segment", "value", "met", "remedy_due", "remedy_paid", "complaint_id"]
    write("promises.csv", PROMISES)
    write("promise_events.csv", [header, *events(random.Random(7))])
