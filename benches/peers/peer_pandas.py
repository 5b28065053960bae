"""pandas peer. usage: peer_pandas.py FILE OUT [plain|tuned|pyarrow]"""
import sys, time
import numpy as np, pandas as pd
path, out, mode = sys.argv[1], sys.argv[2], (sys.argv[3] if len(sys.argv) > 3 else "tuned")
SAT = [f"sat{k}" for k in range(1, 6)]; EXP = [f"exp{k}" for k in range(1, 6)]
cols = ["region", "segment"] + SAT + EXP + ["nps"]
if mode == "plain":
    df = pd.read_csv(path)
elif mode == "pyarrow":
    df = pd.read_csv(path, engine="pyarrow", usecols=cols)
else:
    df = pd.read_csv(path, usecols=cols, dtype={"region": "category", "segment": "category",
                     **{c: "float32" for c in SAT + EXP + ["nps"]}})
t_read = time.process_time()
agg = {}
d = pd.DataFrame({"region": df["region"], "segment": df["segment"], "rows": 1})
for k in range(1, 6):
    s = df[f"sat{k}"].astype("float64"); g = s - df[f"exp{k}"].astype("float64")
    d[f"s{k}"] = s; d[f"n{k}"] = s.notna(); d[f"t{k}"] = s >= 4
    d[f"g{k}"] = g; d[f"gn{k}"] = g.notna(); d[f"gg{k}"] = g * g
n = df["nps"].astype("float64")
d["nn"] = n.notna(); d["prom"] = n >= 9; d["det"] = n <= 6
c = d.groupby(["region", "segment"], observed=True, sort=True).sum().reset_index()
tot = c.drop(columns=["region", "segment"]).sum()
c["region"] = c["region"].astype(str); c["segment"] = c["segment"].astype(str)
c.loc[len(c)] = {"region": "ALL", "segment": "ALL", **tot.to_dict()}
from result import finish
finish(c.to_dict("list"), out)
