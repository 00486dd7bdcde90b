#!/bin/sh
# Runs the fast tests with the oldest and with the newest releases that pyproject.toml allows.
#
# Usage: sh tests/bounds.sh [lowest-direct|highest]...   (both by default)
# Each set goes into an environment of its own below a temporary folder, which is removed in the end; the lock files and
# .venv stay as they are. Tools of the tests are the newest that fit. BOUNDS_LEFT=DIR keeps the environments in DIR.
set -eu

cd "$(dirname "$0")/.."
uv=$PWD/.venv/bin/uv
python=$PWD/.venv/bin/python
if [ -n "${BOUNDS_LEFT:-}" ]; then
  mkdir -p "$BOUNDS_LEFT"
  folder=$BOUNDS_LEFT
else
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi

failed=""
[ $# -gt 0 ] || set -- lowest-direct highest
for resolution in "$@"; do
  set="$folder/$resolution"
  "$uv" pip compile -q --no-header --no-annotate --python "$python" --resolution "$resolution" --upgrade \
    --all-extras pyproject.toml -o "$set.txt"
  "$uv" pip compile -q --no-header --no-annotate --python "$python" -c "$set.txt" --all-extras --group dev \
    pyproject.toml requirements/build.in -o "$set-tests.txt"
  "$uv" venv -q --clear --python "$python" "$set"
  "$uv" pip install -q --python "$set/bin/python" -r "$set-tests.txt"
  "$uv" pip install -q --python "$set/bin/python" --no-deps --no-build-isolation -e .
  echo "== $resolution: $(tr '\n' ' ' <"$set.txt")"
  "$set/bin/python" -m pytest -n "${WORKERS:-auto}" -rsfE -m "not slow" -p no:cacheprovider || failed="$failed $resolution"
done
[ -z "$failed" ] || { echo "The fast tests fail with:$failed" >&2; exit 1; }
