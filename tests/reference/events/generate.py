"""Counts, ratios, lagged correlations and Gini coefficients by other packages, printed with 17 digits."""
import json

import numpy
import scipy
import statsmodels
from inequality.gini import Gini
from scipy import stats
from scipy.stats.contingency import relative_risk
from statsmodels.stats.rates import confint_poisson_2indep

SCIPY = f"scipy {scipy.__version__}"
cases = []


def case(name, inputs, value, peer, options=""):
    cases.append({"id": name, "data": None, "inputs": inputs, "value": value, "peer": peer, "options": options,
                  "compare": "exact"})


for events in (0, 1, 3, 10, 240, 600_000, 3_000_000):
    for confidence in (0.95, 0.998):
        tail = (1 - confidence) / 2
        low = stats.chi2.ppf(tail, 2 * events) / 2 if events else 0.0
        case(f"rate_ci.{events} at {confidence}", {"events": events, "confidence": confidence},
             {"lower": low, "upper": stats.chi2.isf(tail, 2 * events + 2) / 2}, f"{SCIPY}: chi2", "Garwood 1936")
for k, n, l, m in ((27, 122, 44, 487), (3, 20, 15, 18), (900, 1000, 12, 4000)):
    found = relative_risk(k, n, l, m)
    limits = found.confidence_interval(0.95)
    case(f"ratio.shares.{k} of {n} over {l} of {m}", {"k": [k, l], "n": [n, m]},
         {"ratio": found.relative_risk, "lower": limits.low, "upper": limits.high}, f"{SCIPY}: relative_risk", "delta on the logarithm")
for k, l in ((30, 20), (5, 400)):
    low, high = confint_poisson_2indep(k, 1, l, 1, method="wald-log", compare="ratio")
    case(f"ratio.counts.{k} over {l}", {"k": [k, l]}, {"ratio": k / l, "lower": low, "upper": high},
         f"statsmodels {statsmodels.__version__}: confint_poisson_2indep", "wald-log")
rates = [4.1, 3.9, 4.4, 4.0, 5.2, 4.8, 5.0, 6.1, 5.7, 5.9, 6.4, 6.0]
scores = [78.0, 79.5, 78.2, 77.0, 78.2, 74.1, 75.0, 73.9, 71.0, 72.5, 70.2, 69.8]
for differences in (False, True):
    x, y = (list(numpy.diff(s)) if differences else s for s in (rates, scores))
    for lag in (-2, 0, 1):
        a, b = (x[: len(x) - lag], y[lag:]) if lag >= 0 else (x[-lag:], y[:lag])
        pearson, spearman = stats.pearsonr(a, b), stats.spearmanr(a, b)
        limits = pearson.confidence_interval(0.95)
        case(f"lag.{'differences' if differences else 'levels'}.{lag}",
             {"x": rates, "y": scores, "lag": lag, "differences": differences},
             {"n": len(a), "pearson": pearson.statistic, "pearson_p": pearson.pvalue, "lower": limits.low, "upper": limits.high,
              "spearman": spearman.statistic, "spearman_p": spearman.pvalue}, f"{SCIPY}: pearsonr, spearmanr")
for amounts in ([1.0, 2.0, 3.0, 4.0], [10.0, 50.0, 10.0, 30.0, 0.0], [23.0, 7.0, 7.0, 41.0, 3.0, 1.0, 18.0, 2.0]):
    case(f"gini.{len(amounts)} parts", {"x": amounts}, {"gini": Gini(numpy.array(amounts)).g}, "inequality 1.1.2: Gini")
print(",\n".join(json.dumps(c, default=float) for c in cases), end="")
