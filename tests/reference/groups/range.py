"""Tails of the studentized range by Simpson's rule over s and steps of 0.02 over z; prints a JSON list."""
import json
from math import erfc, exp, expm1, lgamma, log, log1p, pi, sqrt


def below(x):
    return 0.5 * erfc(-x / sqrt(2))


def above(w, k, step=0.02):
    """The chance that k standard normals spread wider than w."""
    total = 0.0
    for i in range(int((18 + w) / step)):
        z = -9 + i * step
        a, b = below(z), below(z - w)
        if b < a:
            total -= exp(-z * z / 2) * a ** (k - 1) * expm1((k - 1) * log1p(-b / a))
    return k * step * total / sqrt(2 * pi)


def tail(q, k, df, top, parts=400):
    constant = log(2) + df / 2 * log(df / 2) - lgamma(df / 2)
    low = max(0.0, 2 - top)
    step = (top - low) / parts
    total = 0.0
    for i in range(parts + 1):
        s = low + i * step
        weight = 1 if i in (0, parts) else 4 if i % 2 else 2
        if s > 0:
            total += weight * exp(constant + (df - 1) * log(s) - df * s * s / 2) * above(q * s, k)
    return total * step / 3


cases = []
for k, df, q, top in ((2, 12, 5, 3.2), (3, 3, 5, 6.0), (3, 60, 3.5, 2.0), (4, 12, 3.5, 3.2), (8, 500, 5, 1.4), (25, 12, 5, 3.2),
                      (100, 60, 5, 2.0)):
    cases.append({"id": f"ptukey.{k}.{df}.{q}", "data": None, "inputs": {"q": q, "k": k, "df": df}, "value": tail(q, k, df, top),
                  "peer": "Python 3.11 math", "options": "Simpson's rule", "compare": "exact"})
print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
