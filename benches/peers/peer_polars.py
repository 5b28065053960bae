"""polars peer. usage: peer_polars.py FILE OUT [stream|lazy|eager]"""
import sys
import polars as pl
path, out, mode = sys.argv[1], sys.argv[2], (sys.argv[3] if len(sys.argv) > 3 else "stream")
items = [f"{p}{k}" for p in ("sat", "exp") for k in range(1, 6)] + ["nps"]
C = pl.col
aggs = [pl.len().alias("rows")]
for k in range(1, 6):
    s = C(f"sat{k}"); g = s - C(f"exp{k}")
    aggs += [s.cast(pl.Int64).sum().alias(f"s{k}"), s.count().alias(f"n{k}"), (s >= 4).sum().alias(f"t{k}"),
             g.cast(pl.Int64).sum().alias(f"g{k}"), g.count().alias(f"gn{k}"), (g * g).cast(pl.Int64).sum().alias(f"gg{k}")]
aggs += [C("nps").count().alias("nn"), (C("nps") >= 9).sum().alias("prom"), (C("nps") <= 6).sum().alias("det")]
ov = {c: pl.Int8 for c in items}
if mode == "eager":
    c = pl.read_csv(path).group_by("region", "segment").agg(aggs)
else:
    lf = pl.scan_csv(path, schema_overrides=ov).group_by("region", "segment").agg(aggs)
    c = lf.collect(engine="streaming" if mode == "stream" else "in-memory")
d = c.to_dict(as_series=False)
for key in d:
    d[key].append("ALL" if key in ("region", "segment") else sum(d[key]))
from result import finish
finish(d, out)
