"""Tests of k groups, the split of a change, and ranks, by numpy, scipy and statsmodels."""
import json

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

NUMPY = f"numpy {np.__version__}"
cases = []


def case(id, inputs, value, peer, options, tol=None):
    record = {"id": id, "data": None, "inputs": inputs, "value": value, "peer": peer, "options": options}
    record |= {"compare": "exact"} if tol is None else {"compare": "tolerance", "tol": tol}
    cases.append(record)


for mean, variance in (([0.61, 0.55, 0.72], [0.0021, 0.0013, 0.0042]), ([3.9, 4.1], [0.01, 0.02]),
                       ([0.2, -0.1, 0.4, 0.33, 0.05], [0.01, 0.02, 0.005, 0.03, 0.004])):
    test = combine_effects(np.array(mean), np.array(variance)).test_homogeneity()
    value = {"statistic": test.statistic, "df": test.df, "p": test.pvalue}
    case(f"wald.{len(mean)}", {"mean": mean, "variance": variance}, value,
         f"statsmodels {statsmodels.__version__}: combine_effects, test_homogeneity", "")


# The delta method written down blindly: numerical gradients and the whole covariance matrix.
def parts(x, k):
    s0, s1, m0, m1 = x[:k], x[k:2 * k], x[2 * k:3 * k], x[3 * k:]
    mix = ((s1 - s0) * (m0 + m1) / 2).sum()
    within = ((m1 - m0) * (s0 + s1) / 2).sum()
    return np.array([(s1 * m1).sum() - (s0 * m0).sum(), mix, within])


def gradient(x, k):
    columns = []
    for i in range(len(x)):
        step = np.zeros(len(x))
        step[i] = 0.5
        # Every part is linear in each single figure, so that a wide step is exact.
        columns.append(parts(x + step, k) - parts(x - step, k))
    return np.array(columns).T


def decomposition(name, earlier, later, n):
    a, b = np.array(earlier), np.array(later)
    k = len(a)
    x = np.concatenate([a[:, 0], b[:, 0], a[:, 1], b[:, 1]])
    covariance = np.zeros((4 * k, 4 * k))
    for wave, (shares, size) in enumerate(((a[:, 0], n[0]), (b[:, 0], n[1]))):
        at = slice(wave * k, (wave + 1) * k)
        covariance[at, at] = (np.diag(shares) - np.outer(shares, shares)) / size
    covariance[2 * k:, 2 * k:] = np.diag(np.concatenate([a[:, 2], b[:, 2]]) ** 2)
    g = gradient(x, k)
    value = parts(x, k)
    se = np.sqrt(np.diag(g @ covariance @ g.T))
    z = stats.norm.isf(0.025)
    value = {part: {"value": value[i], "se": se[i], "ci": [value[i] - z * se[i], value[i] + z * se[i]]}
             for i, part in enumerate(("change", "mix", "within"))}
    case(f"decomposition.{name}", {"earlier": earlier, "later": later, "n": n}, value,
         f"numerical delta method; {NUMPY}, scipy {scipy.__version__}", "share, score, se of each group; 95 %, normal")


decomposition("three", [[0.5, 0.8, 0.02], [0.3, 0.6, 0.03], [0.2, 0.3, 0.05]],
              [[0.35, 0.75, 0.03], [0.35, 0.7, 0.025], [0.3, 0.4, 0.04]], [600, 450])
decomposition("means", [[0.25, 3.9, 0.1], [0.75, 4.2, 0.05]], [[0.3, 3.5, 0.12], [0.7, 4.4, 0.06]], [210.5, 180.25])
decomposition("one_left", [[0.2, 0.1, 0.05], [0.8, 0.6, 0.02]], [[0.0, 0.6, 0.0], [1.0, 0.6, 0.02]], [200, 200])


def ranking(name, counts, replicates=400_000):
    rng = np.random.default_rng(20261122)
    scores = []
    for item in counts:
        item = np.array(item)
        drawn = rng.multinomial(item.sum(), item / item.sum(), size=replicates)
        scores.append((drawn[:, 0] - drawn[:, -1]) / item.sum())
    scores = np.round(np.array(scores), 12)
    first, last = scores == scores.max(axis=0), scores == scores.min(axis=0)
    value = {"first": (first / first.sum(axis=0)).mean(axis=1).tolist(),
             "last": (last / last.sum(axis=0)).mean(axis=1).tolist()}
    case(f"ranking.{name}", {"counts": counts}, value, f"{NUMPY}: multinomial, {replicates} replicates",
         "score = first less last count over n; ties shared", 0.02)


ranking("five", [[40, 30, 10], [35, 30, 15], [20, 12, 4], [42, 31, 11], [50, 20, 30]])
ranking("small", [[3, 1, 1], [2, 2, 1], [4, 1, 0]])

print(",\n".join(json.dumps(c, default=float) for c in cases))
