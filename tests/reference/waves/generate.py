"""Dispersion of shares over waves by scipy, printed with 17 digits."""
import json

import scipy
from scipy.stats import chi2_contingency

SCIPY = f"scipy {scipy.__version__}"
cases = []
for k, n in (
    ([12, 15, 8, 10, 4, 7, 16, 9, 14, 10], [50] * 10),
    ([76, 77, 82, 93, 77, 81], [125, 136, 126, 163, 120, 123]),
    ([5, 44], [30, 50]),
):
    test = chi2_contingency([k, [b - a for a, b in zip(k, n)]], correction=False)
    value = {"chi_square": test.statistic, "df": test.dof, "p": test.pvalue}
    cases.append({"id": f"dispersion.{k}", "data": None, "inputs": {"k": k, "n": n}, "value": value,
                  "peer": f"{SCIPY}: chi2_contingency", "options": "2 x k table without correction", "compare": "exact"})
print(",\n".join(json.dumps(c, default=float) for c in cases))
