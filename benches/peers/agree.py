"""agree.py CSAT.json PEER.csv: do csat's figures equal a peer's (by cell, 1e-6)?"""
import csv, json, sys

report = json.load(open(sys.argv[1]))
peer = {(r["region"], r["segment"]): r for r in csv.DictReader(open(sys.argv[2]))}
ours = {}
for e in report["estimates"]:
    s = e["segment"]
    if not s:
        cell = ("ALL", "ALL")
    elif set(s) == {"region", "segment"}:
        cell = (s["region"], s["segment"])
    else:
        continue
    ours.setdefault(cell, {})[(e["question"], e["statistic"])] = e
compared = differ = 0
for cell, row in peer.items():
    pairs = []
    for k in range(1, 6):
        top, mean, gap = (ours[cell][(f"sat{k}", "top_box")], ours[cell][(f"sat{k}", "mean")], ours[cell][(f"gap{k}", "gap")])
        pairs += [(top["base"], row[f"sat{k}_n"]), (top["value"] / 100, row[f"sat{k}_top2"]), (mean["value"], row[f"sat{k}_mean"]),
                  (gap["base"], row[f"gap{k}_n"]), (gap["value"], row[f"gap{k}_mean"]),
                  (gap["se"] * gap["base"] ** 0.5, row[f"gap{k}_sd"])]
    nps = ours[cell][("nps", "nps")]
    pairs += [(nps["base"], row["nps_n"]), (nps["value"], row["nps"])]
    for a, b in pairs:
        compared += 1
        if abs(float(a) - float(b)) > 1e-6:
            differ += 1
            if differ < 6:
                print(cell, a, b)
print(f"{len(peer)} cells, {compared} figures compared, {differ} differ")
sys.exit(differ > 0)
