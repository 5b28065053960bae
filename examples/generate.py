#!/usr/bin/env python3
"""Writes the synthetic answers: surveys/data/*.csv and examples/branch-banking/responses.csv, and indicators.csv beside it;
by records.py also the records of examples/service-desk.

    python3 examples/generate.py            write them
    python3 examples/generate.py --check    write nothing; exit 1 if a file differs from what would be written

Nobody answered these surveys. The columns come from the definitions (surveys/NAME.toml), so data and definition cannot
drift apart; what the answers look like is in STUDIES below. Same bytes on every machine and run: one seed for each
file, only `random()` is drawn from (its sequence is promised by Python, that of `choice` or `gauss` is not), and
normal deviates are sums of twelve uniforms, so that no maths library takes part. Python 3.11 or newer, nothing else.

How an answer comes about: a respondent has one mood z. Each question has a latent value
`load * z + sqrt(1 - load^2) * noise`, is moved to the question's mean and spread, rounded, and cut off at the ends of
the scale. A question that is `made_of` others takes a weighted sum of their latents instead of z, so driver analysis has
something true to find. Segments and waves move z (`shift`) or a question's mean (`trend`, a step for each wave).
Then cells are emptied, marked "don't know" or "not applicable", and a few are spoiled on purpose (`invalid`).
"""

import csv
import io
import random
import sys
import tomllib
from datetime import datetime, timedelta
from math import sqrt
from pathlib import Path

import records

ROOT = Path(__file__).resolve().parent.parent

# Ends of the scales that a definition may name without declaring them, and what each measure uses.
BUILT_IN = {
    "satisfaction": (1, 5),
    "agreement5": (1, 5),
    "agreement7": (1, 7),
    "recommend": (0, 10),
    "importance5": (1, 5),
}
DEFAULT_SCALE = {
    "csat": "satisfaction",
    "rating": "satisfaction",
    "nps": "recommend",
    "ces": "agreement7",
    "gap": "agreement7",
    "importance": "importance5",
}
# Shares of the kinds of need (attractive, one-dimensional, must-be, indifferent, reverse, questionable) of a feature.
KANO = {
    "attractive": (0.52, 0.14, 0.05, 0.25, 0.02, 0.02),
    "one_dimensional": (0.15, 0.52, 0.15, 0.14, 0.02, 0.02),
    "must_be": (0.06, 0.16, 0.58, 0.16, 0.02, 0.02),
    "indifferent": (0.16, 0.05, 0.05, 0.68, 0.04, 0.02),
    "reverse": (0.06, 0.03, 0.03, 0.30, 0.56, 0.02),
    "mixed": (0.30, 0.27, 0.12, 0.27, 0.02, 0.02),
}
# Pairs (with the feature, without it) that make up each kind, in the same order; 1 like, 5 dislike.
KANO_PAIRS = [
    [(1, 2), (1, 3), (1, 3), (1, 4)],
    [(1, 5)],
    [(2, 5), (2, 5), (3, 5), (4, 5)],
    [(3, 3), (3, 3), (2, 3), (2, 4), (3, 4), (4, 4), (2, 2)],
    [(5, 1), (3, 1), (4, 1), (5, 3), (4, 1)],
    [(1, 1), (5, 5)],
]
PRAISE = [
    "Nothing, all was fine.",
    "Friendly people, thank you!",
    "Keep it as it is.",
    "Quick and clear, I was surprised",
    'Everyone said "no problem" and meant it',
    "Very good, and the follow-up call was a nice touch.",
]
COMPLAINTS = [
    "Answer the phone sooner",
    "Waited far too long, nobody told me why.",
    "I was promised a call back, it never came",
    'I was told "tomorrow", and then nothing happened for two weeks.',
    "Three people, three different answers; please agree among yourselves",
    "Too many forms.\nAnd the same question twice.",
    "Do what you say, when you say it",
    "There was a mistake in my papers, again.",
]

WISHES = ["Paying by phone", "None", "A dark screen at night, easy on the eyes", "Sharing a list with my family"]
AT_WORK = ["More colleagues on Mondays", "One system in place of three", 'Fewer meetings called "urgent"', "Tell us what customers wrote, good or bad"]


class Draws:
    """Every random choice of one file, from one seed."""

    def __init__(self, seed):
        self.uniform = random.Random(seed).random

    def chance(self, probability):
        return self.uniform() < probability

    def normal(self):
        return sum(self.uniform() for _ in range(12)) - 6.0

    def below(self, count):
        return int(self.uniform() * count)

    def weighted(self, shares):
        """A key of `shares` (a mapping) or a position (a sequence), by share."""
        items = list(shares.items()) if isinstance(shares, dict) else list(enumerate(shares))
        left = self.uniform() * sum(share for _, share in items)
        for value, share in items:
            left -= share
            if left < 0:
                return value
        return items[-1][0]


class Scale:
    """The answers that a question may take, and the codes that stand for no answer."""

    def __init__(self, name, table):
        self.low, self.high = BUILT_IN.get(name, (1, 5))
        self.low = table.get("min", self.low)
        self.high = table.get("max", self.high)
        self.labels = table.get("labels", [])
        self.reasons = [table[key] for key in ("not_applicable", "dont_know") if key in table]

    def point(self, value):
        return max(self.low, min(self.high, int(value + 0.5)))

    def text(self, code, as_label):
        return self.labels[code - self.low] if as_label and self.labels else str(code)

    def no_answer(self, draws, as_label):
        """A code for "not applicable" or "don't know"; its words in a column that holds words."""
        codes = self.reasons[0 if draws.chance(0.75) else -1]
        words = [code for code in codes if isinstance(code, str)]
        return words[0] if as_label and words else str(codes[0])


def questions(definition):
    """Every question in written order: (id, its keys, with those of its block underneath)."""
    named = definition.get("question", {})
    in_block = {}
    for block in definition.get("block", {}).values():
        shared = {key: value for key, value in block.items() if key != "questions"}
        in_block.update({question: shared for question in block["questions"]})
    order = list(named) + [question for question in in_block if question not in named]
    return {question: in_block.get(question, {}) | named.get(question, {}) for question in order}


def columns_of(question, keys):
    if keys["measure"] == "gap":
        return [keys["expectation"], keys["perception"]]
    if keys["measure"] == "kano":
        return [keys["functional"], keys["dysfunctional"]]
    return [question]


def scale_of(definition, keys):
    default = DEFAULT_SCALE.get(keys["measure"], "")
    name = keys.get("scale") or definition.get("defaults", {}).get("scale", default)
    return Scale(name, definition.get("scale", {}).get(name, {}))


class Study:
    """One file of answers: its definition, and how its answers fall."""

    def __init__(self, definition, seed, waves, **settings):
        self.definition = definition
        self.draws = Draws(seed)
        self.waves = waves                                   # (rows, first day, days) or (rows, label of the round)
        self.settings = settings
        self.asked = questions(definition)
        self.scales = {q: scale_of(definition, k) for q, k in self.asked.items()}
        self.people = {}

    def of(self, name, default=None):
        return self.settings.get(name, {} if default is None else default)

    def rows(self):
        data = self.definition.get("data", {})
        number = 0
        for wave, plan in enumerate(self.waves):
            for date in self.dates(plan):
                number += 1
                row = {}
                if "id" in data:
                    row[data["id"]] = f"R{number:05d}"
                person = self.person(row, data)
                if "date" in data:
                    row[data["date"]] = date
                elif isinstance(data.get("wave"), dict):
                    row[data["wave"]["column"]] = date
                row |= person
                self.answer(row, person, wave)
                yield row

    def dates(self, plan):
        """A time stamp for each row of a wave, in order; the label of the round where there are no dates."""
        if len(plan) == 2:
            return [plan[1]] * plan[0]
        count, first, days = plan
        start = datetime.fromisoformat(first)
        minutes = sorted(self.draws.below(days) * 1440 + 480 + self.draws.below(720) for _ in range(count))
        form = "%Y-%m-%dT%H:%M:00" if self.of("with_time", True) else "%Y-%m-%d"
        return [(start + timedelta(minutes=minute)).strftime(form) for minute in minutes]

    def person(self, row, data):
        """Who answers: someone seen before keeps segment and year of birth."""
        if "customer" not in data:
            return self.describe()
        number = self.draws.below(self.of("customers", 3000))
        row[data["customer"]] = f"C{10000 + 7 * number}"
        if number not in self.people:
            self.people[number] = self.describe()
        return self.people[number]

    def describe(self):
        person = {name: self.draws.weighted(shares) for name, shares in self.of("segments").items()}
        if "birth_year" in self.settings:
            first, last = self.settings["birth_year"]
            blank = self.draws.chance(0.03)
            year = first + int((self.draws.uniform() + self.draws.uniform()) / 2 * (last - first + 1))
            person["birth_year"] = "" if blank else str(year)
        for name, (segment, values) in self.of("derived").items():
            person[name] = values[person[segment]]
        return person

    def answer(self, row, person, wave):
        draws = self.draws
        z = draws.normal()
        for segment, moves in self.of("shift").items():
            z += moves.get(person[segment], 0.0)
        made_of = self.of("made_of")
        latent = {}
        for question, keys in self.asked.items():
            if question not in made_of:
                load = self.of("load").get(question, 0.65)
                latent[question] = load * z + sqrt(1 - load * load) * draws.normal()
        for question, parts in made_of.items():
            noise = 1.0 - sum(parts.values())
            latent[question] = sum(share * latent[part] for part, share in parts.items()) + noise * draws.normal()
            latent[question] *= 1.25                         # a sum of correlated parts varies less than each of them
        for question, keys in self.asked.items():
            row.update(zip(columns_of(question, keys), self.cells(question, keys, latent[question], z, wave)))

    def cells(self, question, keys, latent, z, wave):
        draws, scale, measure = self.draws, self.scales[question], keys["measure"]
        if measure == "kano":
            kind = draws.weighted(KANO[self.of("kano")[question]])
            pair = KANO_PAIRS[kind][draws.below(len(KANO_PAIRS[kind]))]
            return [self.finish(question, scale, code, column) for code, column in zip(pair, columns_of(question, keys))]
        if measure == "gap":
            expected, perceived = self.of("gaps").get(question, self.of("gaps").get(keys.get("dimension"), (6.1, 5.6)))
            codes = [expected + 0.8 * (0.2 * z + draws.normal()), perceived + 1.15 * latent]
            return [self.finish(question, scale, scale.point(v), c) for v, c in zip(codes, columns_of(question, keys))]
        if measure == "choice":
            shares = self.of("shares")[question]
            return [self.finish(question, scale, scale.low + draws.weighted(shares), question)]
        if measure == "multi":
            shares = self.of("shares")[question]
            return [";".join(label for label, share in zip(scale.labels, shares) if draws.chance(share))]
        if measure == "number":
            low, high = self.of("numbers")[question]
            share = max(0.0, min(1.0, 0.45 + 0.2 * (0.7 * draws.normal() - 0.6 * latent)))
            return ["" if draws.chance(0.05) else str(low + int((high - low) * share * share))]
        if measure == "text":
            if not draws.chance(self.of("comments", 0.3)):
                return [""]
            praise, complaints = self.of("said", (PRAISE, COMPLAINTS))
            texts = praise if z + 0.5 * draws.normal() > 0.3 else complaints
            return [texts[draws.below(len(texts))]]
        width = scale.high - scale.low
        mean, spread = self.of("means").get(question, (scale.low + 0.75 * width, 0.23 * width))
        mean += wave * self.of("trend").get(question, 0.0)
        return [self.finish(question, scale, scale.point(mean + spread * latent), question)]

    def finish(self, question, scale, code, column):
        """The text of one cell: an answer, or one of the ways of not giving one."""
        as_label = column in self.of("words", ())
        if self.draws.chance(self.of("blank", 0.025)):
            return "NA" if as_label and self.draws.chance(0.3) else ""
        if scale.reasons and self.draws.chance(self.of("none").get(question, 0.03)):
            return scale.no_answer(self.draws, as_label)
        return scale.text(code, as_label)

    def csv(self):
        rows = list(self.rows())
        for number, column, text in self.of("invalid", ()):
            assert column in rows[number - 1], column
            rows[number - 1][column] = text
        out = io.StringIO()
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue().encode("utf-8")


THIRDS = {"1": 0.3, "2": 0.4, "3": 0.3}
REGIONS = {"1": 0.28, "2": 0.22, "3": 0.30, "4": 0.20}

# name -> how its answers fall. `words`: columns that hold labels in place of codes. `invalid`: (row, column, text).
STUDIES = {
    "transactional-csat": dict(
        seed=101, waves=[(180, "2026-08-03", 28)],
        segments={"channel": {"phone": 0.45, "e-mail": 0.3, "chat": 0.25}, "region": REGIONS},
        words=("overall", "reason", "courtesy"), shares={"reason": (0.15, 0.3, 0.2, 0.25, 0.1)},
        made_of={"overall": {"solution": 0.45, "speed": 0.25, "knowledge": 0.15}},
        means={"overall": (4.1, 0.95), "speed": (3.7, 1.1), "courtesy": (4.4, 0.8)},
        none={"solution": 0.08}, invalid=[(17, "speed", "8"), (96, "overall", "satisfied-ish")],
    ),
    "relationship-nps": dict(
        seed=102, waves=[(95, "2026-04-01", 91), (100, "2026-07-01", 92)], with_time=False, customers=900,
        segments={"plan": {"Basic": 0.5, "Plus": 0.35, "Premium": 0.15}, "tenure": THIRDS},
        shift={"tenure": {"1": -0.3}}, words=("overall",), load={"recommend": 0.8},
        means={"recommend": (7.8, 2.2), "price": (3.4, 1.0)}, none={"recommend": 0.03},
        invalid=[(40, "recommend", "11"), (150, "trust", "?")],
    ),
    "ces": dict(
        seed=103, waves=[(150, "2026-09-07", 14)],
        segments={"channel": {"online": 0.7, "shop": 0.3}, "device": {"phone": 0.55, "computer": 0.45}},
        shift={"device": {"phone": -0.35}}, words=("ease", "task"), shares={"task": (0.2, 0.25, 0.3, 0.25)},
        made_of={"ease": {"complete": 0.45, "wait": 0.3}}, numbers={"contacts": (0, 7)},
        means={"ease": (5.2, 1.5), "wait": (4.3, 1.6)}, invalid=[(33, "find", "9"), (71, "contacts", "twice")],
    ),
    "servqual-22": dict(
        seed=104, waves=[(120, "2026-05-04", 30)], with_time=False,
        segments={"visits": THIRDS, "site": {"Old Town": 0.5, "Harbour": 0.5}}, words=("overall", "P3", "E3"),
        gaps={"tangibles": (5.7, 5.4), "reliability": (6.5, 5.4), "responsiveness": (6.2, 5.5), "assurance": (6.3, 5.8), "empathy": (5.9, 5.3)},
        none=dict.fromkeys(("reliability_5", "empathy_2"), 0.1), invalid=[(12, "P7", "77")],
    ),
    "ecsi": dict(
        seed=105, waves=[(200, "2026-03-02", 30)], with_time=False,
        segments={"tenure": THIRDS, "tariff": {"Contract": 0.65, "Prepaid": 0.35}},
        made_of={
            "satisfaction_1": {"quality_1": 0.45, "image_1": 0.2, "value_1": 0.2},
            "loyalty_1": {"satisfaction_1": 0.6, "image_1": 0.15},
            "loyalty_3": {"satisfaction_1": 0.55, "image_1": 0.2},
        },
        load={"satisfaction_2": 0.8, "satisfaction_3": 0.8, "loyalty_2": 0.3},
        means={"expectations_1": (7.9, 1.5), "value_1": (6.4, 1.9), "loyalty_2": (5.2, 2.4), "satisfaction_1": (7.6, 1.6)},
        none={"complaint_1": 0.7}, invalid=[(5, "value_1", "12"), (61, "image_3", "x")],
    ),
    "kano": dict(
        seed=106, waves=[(160, "2026-06-01", 30)],
        segments={"platform": {"Android": 0.6, "iOS": 0.4}, "use": THIRDS},
        kano={"login": "must_be", "offline": "attractive", "tracking": "one_dimensional", "chat": "mixed", "themes": "indifferent", "alerts": "reverse"},
        words=("login_f", "login_d", "offline_f", "offline_d", "chat_f", "chat_d", "themes_importance"),
        means={"login_importance": (4.5, 0.7), "themes_importance": (2.2, 1.0), "alerts_importance": (1.7, 0.9)},
        comments=0.2, said=(WISHES, WISHES), invalid=[(20, "tracking_f", "6"), (88, "login_d", "no idea")],
    ),
    "b2b-relationship": dict(
        seed=107, waves=[(58, "2025-10-06", 60), (62, "2026-04-06", 60)], with_time=False, customers=300,
        segments={"role": {"1": 0.25, "2": 0.3, "3": 0.45}, "size": {"small": 0.4, "medium": 0.35, "large": 0.25}},
        shift={"role": {"3": -0.3}}, words=("versus_others", "support"),
        made_of={"overall": {"on_time": 0.35, "account_team": 0.3, "performance": 0.2}},
        means={"overall": (3.95, 0.85), "information": (3.4, 1.0), "versus_others": (3.4, 0.8)},
        none={"invoicing": 0.3, "documentation": 0.1}, invalid=[(9, "on_time", "55"), (100, "recommend", "ten")],
    ),
    "complaint-handling": dict(
        seed=108, waves=[(140, "2026-07-01", 92)], with_time=False,
        segments={"outcome": {"1": 0.42, "2": 0.25, "3": 0.28, "4": 0.05}, "channel": {"phone": 0.5, "e-mail": 0.35, "letter": 0.15}},
        shift={"outcome": {"1": 0.4, "3": -0.7}}, words=("process", "stay"), load={"result": 0.8},
        made_of={"process": {"kept_informed": 0.4, "time": 0.25, "fairness": 0.2}}, numbers={"days": (1, 75)},
        means={"process": (3.4, 1.1), "kept_informed": (2.9, 1.2), "time": (3.0, 1.2), "result": (3.2, 1.3)},
        none={"acknowledged": 0.08}, invalid=[(30, "time", "0.5"), (77, "days", "weeks")],
    ),
    "event-feedback": dict(
        seed=109, waves=[(110, "2026-09-18", 1)],
        segments={"participant": {"Customer": 0.6, "Partner": 0.25, "Guest": 0.15}, "first_time": {"1": 0.45, "2": 0.55}},
        words=("overall", "source"), shares={"sessions": (0.9, 0.45, 0.5, 0.35, 0.3), "source": (0.5, 0.2, 0.2, 0.1)},
        made_of={"overall": {"content": 0.4, "speakers": 0.3, "networking": 0.15}}, none={"catering": 0.1, "networking": 0.12},
        means={"overall": (4.25, 0.75), "catering": (3.5, 1.1)}, invalid=[(4, "venue", "44"), (55, "recommend", "-1")],
    ),
    "employee-nps": dict(
        seed=110, waves=[(75, "2025"), (80, "2026")],
        segments={"team_type": {"1": 0.6, "2": 0.3, "3": 0.1}, "site": {"Main office": 0.6, "Call centre": 0.4}},
        shift={"site": {"Call centre": -0.3}}, words=("overall", "heard"), trend={"tools": 0.3},
        means={"recommend_work": (7.0, 2.3), "recommend_service": (7.6, 2.0), "heard": (3.1, 1.1), "time_enough": (3.0, 1.1)},
        comments=0.25, said=(AT_WORK, AT_WORK), invalid=[(66, "learning", "7")],
    ),
}

# The story: North is clearly worse; the ease of doing business rises from quarter to quarter; overall satisfaction has
# no trend built in, so what moves is chance; reliability is where perception falls furthest short of expectation. How
# correctly things are done (accuracy) and speed drive the overall score; rooms do not.
BRANCH_BANKING = dict(
    seed=2026, customers=6000, birth_year=(1938, 2006),
    waves=[(241, "2025-04-01", 91), (248, "2025-07-01", 92), (254, "2025-10-01", 92),
           (251, "2026-01-01", 90), (258, "2026-04-01", 91), (252, "2026-07-01", 92)],
    segments={"region": REGIONS, "branch": dict.fromkeys((f"B{n:02d}" for n in range(1, 25)), 1), "channel": {"e-mail": 0.55, "text message": 0.3, "paper": 0.15}},
    derived={"weight": ("region", {"1": "0.87", "2": "1.09", "3": "1.02", "4": "1.054"})},
    shift={"region": {"1": -0.75, "2": 0.1, "3": 0.1}},
    made_of={"overall": {"accuracy": 0.38, "speed": 0.27, "staff": 0.17, "advice": 0.08}},
    load={"recommend": 0.75, "premises": 0.35, "hours": 0.45, "wait_minutes": 0.5,
          **dict.fromkeys((f"{a}_importance" for a in ("speed", "staff", "advice", "accuracy", "hours", "premises")), 0.1)},
    means={"overall": (4.2, 0.9), "speed": (3.75, 1.0), "staff": (4.3, 0.85), "advice": (4.0, 0.95), "accuracy": (3.9, 1.0),
           "hours": (3.5, 1.1), "premises": (4.25, 0.8), "recommend": (8.4, 2.1), "ease": (4.75, 1.45),
           "speed_importance": (4.1, 0.8), "staff_importance": (4.2, 0.8), "advice_importance": (3.8, 0.9),
           "accuracy_importance": (4.7, 0.6), "hours_importance": (3.7, 1.0), "premises_importance": (2.9, 0.9)},
    trend={"ease": 0.16},
    gaps={"tangibles": (5.6, 5.5), "reliability": (6.6, 5.4), "responsiveness": (6.1, 5.6), "assurance": (6.3, 5.9), "empathy": (5.8, 5.3)},
    kano={"appointments": "attractive", "evening": "mixed", "receipt": "must_be"},
    shares={"reason": (0.34, 0.3, 0.13, 0.11, 0.12), "services": (0.8, 0.75, 0.3, 0.2, 0.4, 0.55)},
    numbers={"wait_minutes": (0, 45)}, comments=0.24,
    none={"advice": 0.18, "hours": 0.05, "empathy": 0.05}, blank=0.02,
    invalid=[(512, "recommend", "eleven"), (1290, "overall", "9"), (1401, "wait_minutes", "about 20")],
)


# By region: its part of the transactions and how often customers complain there, against all.
REGIONS = {"North": (0.31, 1.25), "South": (0.27, 0.95), "East": (0.24, 0.90), "West": (0.18, 0.85)}


def indicators():
    """What the bank of branch-banking records anyway, month by month, as long as its customers were asked."""
    draw = random.Random("indicators").random

    def normal():
        return sum(draw() for _ in range(12)) - 6

    def count(mean):
        return max(0, round(mean + sqrt(mean) * normal()))

    rows = []
    for month in range(18):
        period = f"{2025 + (month + 3) // 12}-{(month + 3) % 12 + 1:02}"

        def row(name, value, denominator, unit, direction, segment, origin):
            rows.append([period, name, value, denominator, unit, direction, segment, origin])

        rate = 1.7 + 0.03 * month
        complaints = transactions = 0
        for region, (part, often) in REGIONS.items():
            of = round((41000 + 5000 * draw()) * part)
            received = count(rate * often * of / 1000)
            row("Complaints", received, of, "rate", "lower", region, "complaints desk")
            complaints, transactions = complaints + received, transactions + of
        row("Complaints", complaints, transactions, "rate", "lower", "", "complaints desk")
        calls = round(5200 + 900 * draw())
        solved = round(calls * (0.70 + 0.003 * month + 0.006 * normal()))
        row("Solved on the first call", solved, calls, "percent", "higher", "", "telephone system")
        customers = round(47700 + 600 * draw())
        row("Accounts closed", count(customers * 0.0061), customers, "percent", "lower", "", "core banking")
        minutes = 7.4 + 0.05 * month + 0.35 * normal()
        row("Waiting time at the counter", f"{minutes:.1f}", "", "minutes", "lower", "", "ticket machine")
        row("Press reports", count(2.2), "", "count", "", "", "press office")
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["period", "indicator", "value", "denominator", "unit", "direction", "segment", "source"])
    writer.writerows(rows)
    return out.getvalue().encode()


def files():
    """Each file that this script owns, with its bytes."""
    jobs = [(ROOT / f"surveys/{name}.toml", ROOT / f"surveys/data/{name}.csv", study) for name, study in STUDIES.items()]
    folder = ROOT / "examples/branch-banking"
    jobs.append((folder / "responses.toml", folder / "responses.csv", BRANCH_BANKING))
    for definition, target, study in jobs:
        with definition.open("rb") as source:
            content = Study(tomllib.load(source), **study).csv()
        yield target, content
    yield folder / "indicators.csv", indicators()
    # The last answers are those that the records tie to.
    yield from records.files(ROOT / "examples/service-desk", content, Draws)


def main():
    check = sys.argv[1:] == ["--check"]
    stale = []
    for target, content in files():
        if check:
            if not target.exists() or target.read_bytes() != content:
                stale.append(target)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    for target in stale:
        print(f"differs from what generate.py writes: {target.relative_to(ROOT)}", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
