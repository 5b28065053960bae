"""Errors of kappa that the shared peers do not hold: statsmodels 0.15.0 cohens_kappa, beside expected.json."""

import csv
import json

import numpy as np
from statsmodels.stats.inter_rater import cohens_kappa

cases = []
for file in ("hotel_a", "bank_a"):
    with open(f"{file}.csv") as rows:
        pairs = [(r["csat_overall"], r["csat_retest"]) for r in csv.DictReader(rows)]
    table = np.zeros((5, 5))
    for a, b in pairs:
        if a and b:
            table[int(a) - 1, int(b) - 1] += 1
    value = {}
    for name, wt in (("exact", None), ("linear", "linear"), ("quadratic", "fc")):
        found = cohens_kappa(table, wt=wt)
        value[name] = {"kappa": found.kappa, "se": found.std_kappa, "se_null": found.std_kappa0,
                       "low": found.kappa_low, "high": found.kappa_upp}
    cases.append({"id": "agreement.errors", "data": f"{file}.csv", "inputs": {"cols": ["csat_overall", "csat_retest"]},
                  "value": value, "peer": "statsmodels 0.15.0: cohens_kappa: generate.py",
                  "options": "complete pairs; normal limits", "compare": "exact"})
print(json.dumps(cases))
