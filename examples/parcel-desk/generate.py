"""Writes the complaints of a parcel service that does not exist, and answers of its customers: the same bytes each run."""
import random
from datetime import date, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
LAST = datetime(2026, 6, 30, 23, 59)
TOPICS = [("Parcel late", 0.42, 2), ("Parcel damaged", 0.2, 4), ("Wrong address", 0.14, 3), ("Driver", 0.1, 3),
          ("Invoice", 0.08, 2), ("Other", 0.06, 1)]


def complaints(draw):
    lines = ["case_no,customer_no,type,opened_at,acknowledged_at,closed_at,status,topic,severity,region,decision,refund,"
             "reopened,fair,result"]
    for number in range(1, 331):
        opened = datetime(2026, 1, 1) + timedelta(minutes=draw.randrange(181 * 1440))
        topic, _, severity = draw.choices(TOPICS, [share for _, share, _ in TOPICS])[0]
        kind = "Complaint" if draw.random() < 0.9 else "Inquiry"
        region = draw.choice(["North", "South"])
        acknowledged = opened + timedelta(hours=draw.expovariate(1 / 22))
        closed = opened + timedelta(hours=24 * draw.lognormvariate(1.7 if region == "North" else 2.05, 0.9))
        status = "Closed" if closed <= LAST else "In progress"
        if draw.random() < 0.03:
            status = "Duplicate"
        decision = draw.choices(["Upheld", "Upheld in part", "Rejected", "Withdrawn"], [50, 20, 25, 5])[0]
        refund = f"{draw.choice([5, 10, 15, 25, 40])}.00" if decision.startswith("Upheld") and draw.random() < 0.8 else ""
        fair = draw.choices([1, 2, 3, 4, 5], [8, 12, 20, 35, 25])[0]
        result = max(1, fair - draw.choices([0, 1, 2, 3], [50, 25, 15, 10])[0] - (decision == "Rejected"))
        asked = status == "Closed" and draw.random() < 0.6
        if draw.random() < 0.1:
            topic = topic.lower()
        when = lambda moment: moment.strftime("%Y-%m-%d %H:%M") if moment <= LAST else ""
        is_closed = status == "Closed"
        cells = [f"C-{number:04}", f"K{draw.randrange(1, 281):04}", kind, when(opened), when(acknowledged),
                 when(closed) if is_closed else "", status, topic, str(severity), region, decision if is_closed else "",
                 refund if is_closed else "", "yes" if is_closed and draw.random() < 0.06 else "no" if is_closed else "",
                 str(fair) if asked else "", str(result) if asked else ""]
        lines.append(",".join(cells))
    # What real files have: one closed before it came in, one closed without a date, one id twice.
    lines[12] = replaced(lines[12], 5, "2025-12-30 09:00")
    place = next(place for place in range(29, 300) if ",Complaint," in lines[place] and ",Closed," in lines[place])
    lines[place] = replaced(lines[place], 5, "")
    lines.append(lines[41])
    return lines


def replaced(line, place, text):
    cells = line.split(",")
    cells[place] = text
    return ",".join(cells)


def answers(draw):
    lines = ["answered,overall,recommend,had_problem,told_us,put_right"]
    for _ in range(900):
        day = date(2026, 4, 1) + timedelta(days=draw.randrange(91))
        problem = draw.random() < 0.27
        told = problem and draw.random() < 0.36
        right = told and draw.random() < 0.56
        level = 4.2 if not problem else 4.1 if right else 2.3 if told else 3.1
        overall = min(5, max(1, round(draw.gauss(level, 0.9))))
        recommend = min(10, max(0, round(draw.gauss(2.1 * overall - 1.2, 1.6))))
        lines.append(f"{day},{overall},{recommend},{'yes' if problem else 'no'},"
                     f"{('yes' if told else 'no') if problem else ''},{('yes' if right else 'no') if told else ''}")
    return lines


def write(name, lines):
    (HERE / name).write_text("\n".join(lines) + "\n", newline="\n")


write("complaints.csv", complaints(random.Random(10002)))
write("answers.csv", answers(random.Random(10004)))
