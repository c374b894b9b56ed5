#!/usr/bin/env bash
# Fetches statuses of pipelines from Kondado with curl: one call every 3.2 seconds, which no reading of
# the limits refuses (K4, KO1), and 60 s of patience after a refusal (K6).
set -uo pipefail

speed=${KONDOR_SPEED:-1}  # 1 with the real vendor
pause() { sleep "$(awk -v s="$1" -v speed="$speed" 'BEGIN { print s / speed }')"; }

# The credentials go to curl through a pipe: in its arguments every user of the machine could read them.
call() {
  printf 'url = "%s%s?key=%s&token=%s"\n' "$KONDADO_BASE_URL" "$1" "$KONDADO_KEY" "$KONDADO_TOKEN" |
    curl --silent --max-time 30 --config -
}

missing=0
for ((id = 1; id <= KONDOR_JOB_COUNT; id++)); do
  status=
  for ((try = 1; try <= 8; try++)); do
    # curl fails when an answer breaks off; what it has got by then is no answer.
    answer=$(call "/pipelines/$id/status" | tr -d '\0') || answer=
    # HTTP 200 says nothing here: a refusal has it, too (K5).
    if [[ $answer =~ \"error\":\ *\"([A-Z_]+)\" ]]; then
      if [[ ${BASH_REMATCH[1]} == RATE_LIMIT_EXCEEDED ]]; then pause 60.5; continue; fi
      echo "Kondado does not take the credentials: ${BASH_REMATCH[1]}" >&2
      exit 3
    fi
    # All of it, from the first brace to the last (K9).
    if [[ $answer =~ ^\{\"$id\":\ *\{.*\"status\":\ *\"([a-z_]+)\".*\}\}$ ]]; then
      status=${BASH_REMATCH[1]}
      break
    fi
    pause $((2 ** try))
  done
  if [[ $status ]]; then
    printf '{"pipeline_id": %d, "status": "%s"}\n' "$id" "$status" >>"$KONDOR_OUTPUT"
  else
    missing=$((missing + 1))
  fi
  pause 3.2
done
if ((missing)); then
  echo "$missing statuses could not be had" >&2
  exit 1
fi
