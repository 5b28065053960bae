"""The records of `examples/service-desk`: promises and their events, complaints, disputes, indicators. All synthetic.

They tie to the answers of `examples/branch-banking`: who complains is drawn from those who were dissatisfied, a quarter
with more dissatisfied customers has more complaints, and how long people waited at the counter is what respondents of
that month said. As in generate.py only `random()` is drawn from.
"""

import csv
import io
from datetime import datetime, timedelta

REGIONS = {"1": "North", "2": "East", "3": "South", "4": "West"}
# Transactions of a quarter; of them about so many in a thousand lead to a complaint, more where more are dissatisfied.
TRANSACTIONS = 52_000
QUARTERS = [(2025, 4), (2025, 7), (2025, 10), (2026, 1), (2026, 4), (2026, 7)]
LAST = datetime(2026, 9, 30, 23, 59)
HOLIDAYS = ["2025-04-18", "2025-04-21", "2025-05-01", "2025-05-29", "2025-06-09", "2025-10-03", "2025-12-25", "2025-12-26",
            "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25"]
PROMISES = [
    # id, text, topic, indicator, operator, target, unit, remedy, from, to, owner
    ("wait", "You are served within 12 minutes", "service", "wait at the counter", "<=", "12", "minutes",
     "a voucher of 5 euros", "2025-04-01", "2026-03-31", "branch network"),
    ("wait", "You are served within 10 minutes", "service", "wait at the counter", "<=", "10", "minutes",
     "a voucher of 5 euros", "2026-04-01", "", "branch network"),
    ("card", "A new card is with you within 5 working days", "cards", "days until the card is delivered", "<=", "5", "days",
     "no card fee for a year", "2025-04-01", "", "card centre"),
    ("callback", "We call back within 24 hours", "telephone", "hours until the call", "<=", "24", "hours",
     "", "2025-04-01", "", "service desk"),
    ("statement", "Statements are free of mistakes", "accounts", "mistakes in a statement", "==", "0", "mistakes",
     "the fee of the quarter back", "2025-07-01", "", "accounts"),
    ("respect", "We meet you with respect", "conduct", "", "", "", "", "", "2025-04-01", "", "human resources"),
]
CATEGORIES = {"Waiting": 0.24, "Mistake in a statement": 0.21, "Card": 0.16, "Fees": 0.15, "Advice": 0.09,
              "Call not returned": 0.09, "Other": 0.06}
PROMISE_OF = {"Waiting": "wait", "Card": "card", "Call not returned": "callback", "Mistake in a statement": "statement"}
PROVIDERS = {"Banking ombudsman": 0.55, "City mediation": 0.3, "Consumer arbitration": 0.15}


def written(header, rows):
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(header)
    table.writerows(rows)
    return text.getvalue().encode("utf-8")


def quarter_of(day):
    return f"{day.year}-Q{(day.month + 2) // 3}"


def days_in(year, month, months):
    start = datetime(year, month, 1)
    end = datetime(year + (month + months - 1) // 12, (month + months - 1) % 12 + 1, 1)
    return start, (end - start).days


class Answers:
    """What the survey's respondents said, by quarter and month."""

    def __init__(self, content):
        self.rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"))))
        for row in self.rows:
            row["day"] = datetime.fromisoformat(row["submitted_at"])
        overall = [row for row in self.rows if row["overall"] in "12345" and row["overall"]]
        self.dissatisfied = {}
        self.share = {}
        for quarter in {quarter_of(row["day"]) for row in self.rows}:
            own = [row for row in overall if quarter_of(row["day"]) == quarter]
            unhappy = [row for row in own if int(row["overall"]) <= 2]
            self.dissatisfied[quarter] = unhappy or own
            self.share[quarter] = len(unhappy) / len(own)

    def waits(self, year, month):
        own = [row for row in self.rows if (row["day"].year, row["day"].month) == (year, month)]
        return [int(row["wait_minutes"]) for row in own if row["wait_minutes"].isdigit()]


def working(moment, days):
    """So many working days later, Monday to Friday."""
    while days > 0:
        moment += timedelta(days=1)
        if moment.weekday() < 5 and moment.strftime("%Y-%m-%d") not in HOLIDAYS:
            days -= 1
    return moment


def stamp(moment):
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""


def complaints(draws, answers):
    rows = []
    for year, month in QUARTERS:
        start, days = days_in(year, month, 3)
        quarter = quarter_of(start)
        count = round(TRANSACTIONS * (0.0012 + 0.022 * answers.share[quarter]))
        late = answers.share[quarter] / 0.1
        for _ in range(count):
            received = start + timedelta(minutes=draws.below(days * 1440) // 60 * 60 + draws.below(60))
            received = received.replace(hour=8 + received.hour * 11 // 24)
            category = draws.weighted(CATEGORIES)
            severity = 1 + draws.weighted((0.2, 0.34, 0.28, 0.13, 0.05))
            person = answers.dissatisfied[quarter][draws.below(len(answers.dissatisfied[quarter]))]
            known = draws.chance(0.25)
            customer = person["customer_id"] if known else f"C{10000 + draws.below(48000)}"
            region = REGIONS[person["region"]] if known else list(REGIONS.values())[draws.weighted((0.3, 0.27, 0.25, 0.18))]
            kind = "inquiry" if draws.chance(0.08) else "complaint"
            acknowledged = working(received, draws.weighted((0.46, 0.3, 0.14, 0.07, 0.03)))
            acknowledged += timedelta(minutes=5 + draws.below(400))
            wait = max(0.2, 6 + 5 * severity * late + 7 * draws.normal())
            closed = acknowledged + timedelta(days=int(wait), minutes=draws.below(500))
            is_open = closed > LAST or draws.chance(0.012)
            if acknowledged > LAST:
                acknowledged = None
            outcome = cost = process = outcome_points = ""
            if not is_open:
                outcome = draws.weighted({"upheld": 0.46, "partly upheld": 0.22, "rejected": 0.29, "withdrawn": 0.03})
                if outcome.endswith("upheld"):
                    cost = f"{max(0, 8 * severity + 9 * draws.normal()):.2f}"
                if draws.chance(0.42):
                    base = {"upheld": 3.9, "partly upheld": 3.1, "rejected": 2.0, "withdrawn": 3.0}[outcome]
                    pace = min(wait, 40) / 16
                    process = min(5, max(1, round(4.4 - pace + 0.8 * draws.normal())))
                    outcome_points = min(5, max(1, round(base + 0.8 * draws.normal())))
            escalated = "yes" if outcome == "rejected" and draws.chance(0.38) else "no"
            rows.append({
                "id": "", "customer": customer, "kind": kind, "received": received, "acknowledged": acknowledged,
                "closed": None if is_open else closed, "status": "open" if is_open else "closed",
                "category": category, "severity": severity, "region": region,
                "channel": draws.weighted({"phone": 0.38, "e-mail": 0.34, "branch": 0.2, "letter": 0.08}),
                "outcome": outcome, "remedy_cost": cost,
                "reopened": "yes" if not is_open and draws.chance(0.04) else "no", "escalated": escalated,
                "promise": PROMISE_OF.get(category, "") if draws.chance(0.7) else "",
                "process_satisfaction": process, "outcome_satisfaction": outcome_points,
            })
    rows.sort(key=lambda row: row["received"])
    for number, row in enumerate(rows, 1):
        row["id"] = f"K{number:05}"
    return rows


def promise_events(draws, answers, registered):
    """Each with the promise, the day, the region, the value, whether a remedy was due and paid, and a complaint of it."""
    rows = []
    waiting = {name: [row for row in registered if row["promise"] == name] for name in PROMISE_OF.values()}
    for step in range(18):
        year, month = 2025 + (step + 3) // 12, (step + 3) % 12 + 1
        start, days = days_in(year, month, 1)
        for promise, count in (("wait", 90), ("card", 35), ("callback", 30), ("statement", 60 if step >= 3 else 0)):
            waits = answers.waits(year, month)
            for _ in range(count):
                day = start + timedelta(days=draws.below(days))
                if promise == "wait":
                    value = waits[draws.below(len(waits))] if waits else 10
                    kept = value <= (12 if (year, month) < (2026, 4) else 10)
                elif promise == "card":
                    value = max(1, round(3.6 + 1.3 * draws.normal()))
                    kept = value <= 5
                elif promise == "callback":
                    value = round(max(0.5, 13 + 8 * draws.normal()), 1)
                    kept = value <= 24
                else:
                    value = 1 if draws.chance(0.02) else 0
                    kept = value == 0
                due = "" if promise == "callback" else "no" if kept else "yes"
                paid = "" if due != "yes" else "yes" if draws.chance(0.83) else "no"
                near = [row["id"] for row in waiting[promise] if 0 <= (row["received"] - day).days <= 6]
                complaint = near[draws.below(len(near))] if near and not kept and draws.chance(0.3) else ""
                region = list(REGIONS.values())[draws.weighted((0.3, 0.27, 0.25, 0.18))]
                rows.append((day, promise, region, f"{value:g}", "yes" if kept else "no", due, paid, complaint))
    rows.sort(key=lambda row: row[0])
    return [(f"E{number:05}", promise, day.strftime("%Y-%m-%d"), region, value, met, due, paid, complaint)
            for number, (day, promise, region, value, met, due, paid, complaint) in enumerate(rows, 1)]


def disputes(draws, registered):
    rows = []
    for complaint in registered:
        if complaint["escalated"] != "yes" or not draws.chance(0.85):
            continue
        referred = complaint["closed"] + timedelta(days=3 + draws.below(25))
        if referred > LAST:
            continue
        provider = draws.weighted(PROVIDERS)
        method = {"Banking ombudsman": "advisory", "City mediation": "facilitative", "Consumer arbitration": "determinative"}[provider]
        notice = referred + timedelta(days=1 + draws.below(5))
        responded = notice + timedelta(days=max(1, round(12 + 5 * draws.normal())))
        decided = responded + timedelta(days=max(5, round(48 + 18 * draws.normal())))
        claimed = 60 + 10 * draws.below(90)
        is_open = decided > LAST
        outcome = awarded = accepted = by_customer = fair = process = ""
        implemented = due = closed = None
        if not is_open:
            outcome = draws.weighted(
                {"settled": 0.6, "withdrawn": 0.1, "split": 0.3} if method == "facilitative" else
                {"recommendation": 0.62, "settled": 0.2, "out of scope": 0.08, "withdrawn": 0.1} if method == "advisory" else
                {"for customer": 0.38, "split": 0.3, "for organisation": 0.32})
            share = {"settled": 0.55, "recommendation": 0.5, "split": 0.45, "for customer": 0.9}.get(outcome, 0.0)
            awarded = round(claimed * min(1.0, max(0.0, share + 0.12 * draws.normal()))) if share else 0
            if outcome == "recommendation":
                accepted = "yes" if draws.chance(0.86) else "no"
                by_customer = "yes" if draws.chance(0.78) else "no"
            if awarded:
                due = decided + timedelta(days=30)
                implemented = decided + timedelta(days=max(2, round(19 + 9 * draws.normal())))
                implemented = None if implemented > LAST else implemented
            closed = implemented or decided
            if draws.chance(0.7):
                fair = min(5, max(1, round(3.7 + 0.9 * draws.normal())))
                process = min(5, max(1, round(3.4 + 0.5 * (awarded != 0) + 0.9 * draws.normal())))
        responded = None if responded > LAST else responded
        notice = None if notice > LAST else notice
        rows.append((complaint["id"], complaint["region"], provider, method, referred, notice, responded, decided if not is_open else None, outcome,
                     accepted, by_customer, claimed, awarded, "" if is_open else 80 + draws.below(240), implemented, due, closed,
                     fair, process, "rejected"))
    rows.sort(key=lambda row: row[4])
    day = lambda moment: moment.strftime("%Y-%m-%d") if isinstance(moment, datetime) else moment or ("" if moment is None else moment)
    return [[f"D{number:03}", *map(day, row)] for number, row in enumerate(rows, 1)]


def indicators(draws, answers, registered):
    rows = []
    for step in range(18):
        year, month = 2025 + (step + 3) // 12, (step + 3) % 12 + 1
        period = f"{year}-{month:02}"
        unhappy = answers.share[quarter_of(datetime(year, month, 1))]
        for region, part in zip(REGIONS.values(), (0.3, 0.27, 0.25, 0.18)):
            customers = round(48000 * part)
            closures = round(customers * (0.0016 + 0.004 * unhappy) + 3 * draws.normal())
            rows.append((period, "account closures", max(0, closures), customers, "per 1000 customers", "lower", region, "core banking"))
        bookings = 210_000 + round(9_000 * draws.normal())
        wrong = round(bookings * (0.0003 + 0.0009 * unhappy) + 6 * draws.normal())
        rows.append((period, "bookings corrected", wrong, bookings, "per 1000 bookings", "lower", "", "core banking"))
        calls = 11_000 + round(700 * draws.normal())
        lost = round(calls * (0.055 + 0.25 * unhappy + 0.006 * draws.normal()))
        rows.append((period, "calls abandoned", lost, calls, "percent", "lower", "", "telephone system"))
        rows.append((period, "cash machines in service", round(98.6 + 0.5 * draws.normal(), 2), "", "percent", "higher", "", "monitoring"))
        waits = answers.waits(year, month)
        measured = sum(waits) / len(waits) if waits else 10
        rows.append((period, "wait measured at the counter", round(measured * 0.9 + 0.5 * draws.normal(), 1), "", "minutes", "lower", "", "queue system"))
    return rows


def files(folder, answers, make_draws):
    """Each file of the folder with its bytes; `answers` is the content of the survey's file."""
    answers = Answers(answers)
    registered = complaints(make_draws(3001), answers)
    events = promise_events(make_draws(3002), answers, registered)
    quarrels = disputes(make_draws(3003), registered)
    figures = indicators(make_draws(3004), answers, registered)
    header = list(registered[0])
    shown = [[stamp(value) if name in ("received", "acknowledged", "closed") else value for name, value in row.items()] for row in registered]
    yield folder / "complaints.csv", written(header, shown)
    yield folder / "promises.csv", written(
        ["promise_id", "text", "topic", "indicator", "operator", "target", "unit", "remedy", "effective_from", "effective_to", "owner"], PROMISES)
    yield folder / "promise_events.csv", written(
        ["event_id", "promise_id", "date", "segment", "value", "met", "remedy_due", "remedy_paid", "complaint_id"], events)
    yield folder / "disputes.csv", written(
        ["dispute_id", "complaint_id", "region", "provider", "method", "referred_at", "notice_at", "org_response_at", "outcome_at", "outcome",
         "org_accepted", "customer_accepted", "amount_claimed", "amount_awarded", "cost_org", "implemented_at", "implementation_due",
         "closed_at", "fair_provider", "process_sat", "internal_outcome"], quarrels)
    yield folder / "indicators.csv", written(
        ["period", "indicator", "value", "denominator", "unit", "direction", "segment", "source"], figures)
    yield folder / "holidays.csv", written(["date"], [[day] for day in HOLIDAYS])
