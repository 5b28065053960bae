"""Two one-sided tests and detectable differences by statsmodels, printed with 17 digits."""
import json

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportions_ztost
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW, ttost_ind

A = [4, 5, 3, 5, 4, 4, 2, 5, 5, 4, 3, 4]
B = [4, 4, 3, 5, 5, 4, 3, 4, 5]
SM = f"statsmodels {statsmodels.__version__}"
SCIPY = f"scipy {scipy.__version__}"
cases = []


def case(id, inputs, value, peer, options, tol=None):
    record = {"id": id, "data": None, "inputs": inputs, "value": value, "peer": peer, "options": options}
    record |= {"compare": "exact"} if tol is None else {"compare": "tolerance", "tol": tol}
    cases.append(record)


for margin in (0.25, 0.5, 1.5):
    p, low, high = ttost_ind(A, B, -margin, margin, usevar="unequal")
    ci = CompareMeans(DescrStatsW(A), DescrStatsW(B)).tconfint_diff(alpha=0.1, usevar="unequal")
    value = {"p": p, "p_lower": low[1], "p_upper": high[1], "ci": list(ci)}
    case(f"equivalence.welch.{margin}", {"x": A, "y": B, "margin": margin}, value, f"{SM}: ttost_ind, tconfint_diff",
         "usevar=unequal; ci at 90 %")

for difference, se, margin in ((0.02, 0.03, 0.05), (-0.01, 0.004, 0.02), (0.0, 0.01, 0.1)):
    low = stats.norm.sf((difference + margin) / se)
    high = stats.norm.sf((margin - difference) / se)
    z = stats.norm.isf(0.05)
    value = {"p": max(low, high), "p_lower": low, "p_upper": high, "ci": [difference - z * se, difference + z * se]}
    case(f"equivalence.normal.{difference}", {"difference": difference, "se": se, "margin": margin}, value,
         f"formula; {SCIPY}: norm", "ci at 90 %")

# Normal equivalence of one share with a known value, its standard error estimated from the sample.
p, (_, low), (_, high) = proportions_ztost(330, 400, 0.75, 0.85, prop_var="sample")[:3]
value = {"p": p, "p_lower": low, "p_upper": high}
case("equivalence.share", {"difference": 0.825 - 0.8, "se": (0.825 * 0.175 / 400) ** 0.5, "margin": 0.05}, value,
     f"{SM}: proportions_ztost", "prop_var=sample, 0.75 to 0.85")


def detectable(variance, n1, n2, alpha):
    effect = NormalIndPower().solve_power(nobs1=n1, alpha=alpha, power=0.8, ratio=n2 / n1, alternative="two-sided")
    return float(np.atleast_1d(effect)[0]) * variance ** 0.5


POWER = "two-sided power of 80 % with both tails; pseudo-observations added to the pooled answers before"
for k, n in (((40, 84), (68, 144)), ((10, 10), (10, 10)), ((290, 310), (400, 420))):
    p = (k[0] + k[1] + 1) / (n[0] + n[1] + 2)
    case(f"detectable.share.{k[0]}-{k[1]}", {"k": k, "n": n}, detectable(p * (1 - p), *n, 0.05),
         f"{SM}: NormalIndPower.solve_power", POWER, 1e-5)
for a, b in (([50, 30, 20], [40, 35, 25]), ([5, 0, 0], [9, 0, 0])):
    pooled = [x + y + z for x, y, z in zip(a, b, (1.5, 3, 1.5))]
    share = [x / sum(pooled) for x in pooled]
    variance = share[0] + share[2] - (share[0] - share[2]) ** 2
    case(f"detectable.nps.{a[0]}-{b[0]}", {"a": a, "b": b}, detectable(variance, sum(a), sum(b), 0.05),
         f"{SM}: NormalIndPower.solve_power", POWER, 1e-5)
case("detectable.mean", {"x": A, "y": B, "scale": [1, 5]}, detectable(np.var(A + B + [1, 5], ddof=1), len(A), len(B), 0.05),
     f"{SM}: NormalIndPower.solve_power", POWER, 1e-5)
case("detectable.mean.equal", {"x": [5] * 6, "y": [5] * 9, "scale": [1, 5]},
     detectable(np.var([5] * 16 + [1], ddof=1), 6, 9, 0.05), f"{SM}: NormalIndPower.solve_power", POWER, 1e-5)

print(",\n".join(json.dumps(c, default=float) for c in cases))
