#!/usr/bin/env bash
# The same as good.sh, as it is often written: what is wrong with it? It asks for everything at once,
# looks at the exit code of curl alone, and prints what it does.
set -u
fetch() {
  url="$KONDADO_BASE_URL/pipelines/$1/status?key=$KONDADO_KEY&token=$KONDADO_TOKEN"
  echo "GET $url" >&2
  if answer=$(curl --silent --fail --retry 3 "$url"); then
    status=$(sed -n 's/.*"status": *"\([a-z_]*\)".*/\1/p' <<<"$answer")
    printf '{"pipeline_id": %d, "status": "%s"}\n' "$1" "$status" >>"$KONDOR_OUTPUT"
  fi
}
for ((id = 1; id <= KONDOR_JOB_COUNT; id++)); do fetch "$id" & done
wait
