#!/usr/bin/env bash
# run_recipe.sh KONDOR_CHECK EXPECTED [OPTION...] -- PROGRAM [ARG...]: judges a recipe, and succeeds when
# exactly the EXPECTED findings ("over_limit,gave_up_early", or "none") are found. Exits with 77, which
# ctest reads as skipped, when the program is not on this machine or is too old.
set -euo pipefail

check=$1 expected=$2
shift 2
options=()
while [[ $1 != -- ]]; do options+=("$1") && shift; done
shift

command -v "$1" >/dev/null || { echo "no $1 here"; exit 77; }
[[ $1 != bash ]] || command -v curl >/dev/null || { echo "no curl here"; exit 77; }
if [[ $1 == node ]]; then
  folder=${2%/*} least=18
  [[ $folder != */node_limiters ]] || least=20
  node -e "process.exit(parseInt(process.versions.node) >= $least ? 0 : 1)" ||
    { echo "that takes Node $least, here is $(node --version)"; exit 77; }
  if [[ $least == 20 && ! -d $folder/node_modules ]]; then
    echo "npm ci has not been run in $folder; ./dev test --all runs it"
    exit 77
  fi
fi

report=$(mktemp)
trap 'rm -f -- "$report"' EXIT
code=0
"$check" client --json "$report" "${options[@]}" -- "$@" || code=$?
found=$(sed -nE 's/^ *"id": "([a-z_]+)",?$/\1/p' "$report" | sort -u | paste -sd, -)
wanted=0
if [[ $expected != none ]]; then
  wanted=1
  # Who goes on although he is refused is now and then refused again long enough afterwards.
  found=${found/,retried_too_soon/}
fi
if [[ ${found:-none} != "$expected" || $code != "$wanted" ]]; then
  echo "expected $expected and exit $wanted, found ${found:-none} and exit $code"
  exit 1
fi
