"""DuckDB peer (Python package). usage: peer_duckdb.py FILE OUT [typed|auto]"""
import sys
import duckdb
path, out, mode = sys.argv[1], sys.argv[2], (sys.argv[3] if len(sys.argv) > 3 else "typed")
items = [f"{p}{k}" for p in ("sat", "exp") for k in range(1, 6)] + ["nps", "ces"]
if mode == "typed":
    cols = {"id": "BIGINT", "date": "VARCHAR", "region": "VARCHAR", "segment": "VARCHAR", "channel": "VARCHAR", "language": "VARCHAR",
            **{i: "TINYINT" for i in items}, "weight": "DOUBLE", "comment": "VARCHAR"}
    src = f"read_csv('{path}', header=true, auto_detect=false, delim=',', quote='\"', escape='\"', columns={cols})"
else:
    src = f"read_csv('{path}')"
a = ["count(*) AS rows"]
for k in range(1, 6):
    s, g = f"sat{k}", f"(sat{k}-exp{k})"
    a += [f"sum({s}) AS s{k}", f"count({s}) AS n{k}", f"count(*) FILTER ({s}>=4) AS t{k}",
          f"sum({g}) AS g{k}", f"count({g}) AS gn{k}", f"sum({g}*{g}) AS gg{k}"]
a += ["count(nps) AS nn", "count(*) FILTER (nps>=9) AS prom", "count(*) FILTER (nps<=6) AS det"]
con = duckdb.connect()
cur = con.execute(f"SELECT region, segment, {', '.join(a)} FROM {src} GROUP BY region, segment")
names = [x[0] for x in cur.description]; rows = cur.fetchall()
d = {n: [r[i] for r in rows] for i, n in enumerate(names)}
for key in d: d[key].append("ALL" if key in ("region", "segment") else sum(d[key]))
from result import finish
finish(d, out)
