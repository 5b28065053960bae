#!/usr/bin/env bash
# csat beside wc, polars, duckdb and pandas on one generated file, interleaved; prints the ratios.
# Figures of one machine and one run; docs/performance.md keeps them.
# usage: benches/peers/run.sh [ROWS] [RUNS]      environment: PYTHON (needs polars, duckdb, pandas), FOLDER for the file
set -euo pipefail
cd "$(dirname "$0")"
rows="${1:-10000000}"
runs="${2:-3}"
folder="${FOLDER:-${TMPDIR:-/tmp}/csat-bench}"
file="$folder/responses-$rows.csv"
mkdir -p "$folder"
if [ -z "${PYTHON:-}" ]; then
    [ -x "$folder/venv/bin/python" ] || { python3 -m venv "$folder/venv" && "$folder/venv/bin/pip" -q install polars duckdb pandas; }
    PYTHON="$folder/venv/bin/python"
fi
[ -f "$file" ] || python3 generate.py "$rows" "$file"
target="${CARGO_TARGET_DIR:-../../target}"
cargo build --release --locked --quiet
csat="$(realpath "$target/release/csat")"
definition="$(realpath benchmark.toml)"
export PYTHONDONTWRITEBYTECODE=1
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
cat "$file" >/dev/null # in the page cache for everyone
echo "load at the start: $(cat /proc/loadavg)"
"$PYTHON" side_by_side.py -n "$runs" --base wc --bytes "$(stat -c %s "$file")" \
    "wc=wc -l $file" \
    "csat=$csat analyze $file --survey $definition --by 'region*segment' --format json --output $folder/csat.json --quiet" \
    "polars=$PYTHON peer_polars.py $file $folder/polars.csv stream" \
    "duckdb=$PYTHON peer_duckdb.py $file $folder/duckdb.csv typed" \
    "pandas=$PYTHON peer_pandas.py $file $folder/pandas.csv tuned"
for peer in duckdb pandas; do
    echo -n "polars and $peer: "
    "$PYTHON" compare.py "$folder/polars.csv" "$folder/$peer.csv"
done
echo -n "csat and polars: "
"$PYTHON" agree.py "$folder/csat.json" "$folder/polars.csv"
