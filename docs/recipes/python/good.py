"""Fetches statuses of pipelines from Kondado, and keeps to everything its documentation says.

Python 3.7 or newer, nothing but its standard library. Rules are those of docs/VENDORS.md.
"""
import collections
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

SPEED = float(os.environ.get("KONDOR_SPEED") or 1)  # 1 with the real vendor
MARGIN = 0.2  # s, because the network does not run on time


class Dead(Exception):
    """The credentials are no good: nothing but new ones will help."""


class Limits:
    """At most one call in a second and twenty in a minute (K4), counted from the answers."""

    def __init__(self):
        self.answered = collections.deque(maxlen=20)
        self.free_at = 0.0

    def wait(self):
        room = [self.free_at]
        if self.answered:
            room.append(self.answered[-1] + 1 + MARGIN)
        if len(self.answered) == self.answered.maxlen:
            room.append(self.answered[0] + 60 + MARGIN)
        pause(max(room) - now())

    def take(self, hold=0.0):
        self.answered.append(now())
        self.free_at = max(self.free_at, now() + hold)


def now():
    return time.monotonic() * SPEED


def pause(seconds):
    if seconds > 0:
        time.sleep(seconds / SPEED)


def call(path):
    """The answer's JSON, whatever its status; None when there is none."""
    query = urllib.parse.urlencode(
        {"key": os.environ["KONDADO_KEY"], "token": os.environ["KONDADO_TOKEN"]})  # K1
    url = os.environ["KONDADO_BASE_URL"] + path + "?" + query
    try:
        with urllib.request.urlopen(url, timeout=30 / SPEED) as reply:
            return json.loads(reply.read())
    except urllib.error.HTTPError as error:
        try:
            return json.loads(error.read())
        except ValueError:
            return None
    except (OSError, ValueError, http.client.HTTPException):  # no answer, half of one, no JSON
        return None


def status_of(pipeline, limits):
    """Its status, or None when it is not to be had."""
    for attempt in range(8):
        limits.wait()
        answer = call("/pipelines/%d/status" % pipeline)
        if isinstance(answer, dict) and answer.get("success") is False:
            # HTTP 200 says nothing here: a refusal has it, too (K5).
            if answer.get("error") == "RATE_LIMIT_EXCEEDED":
                limits.take(hold=60)  # K6
                continue
            raise Dead(str(answer.get("error"))[:60])
        about = answer.get(str(pipeline)) if isinstance(answer, dict) else None  # K9
        if isinstance(about, dict) and isinstance(about.get("status"), str):
            limits.take()
            return about["status"]
        limits.take(hold=2 ** attempt)  # a fault: it may be over by then
    return None


def main():
    limits = Limits()
    missing = 0
    with open(os.environ["KONDOR_OUTPUT"], "w", encoding="utf-8") as output:
        for pipeline in range(1, int(os.environ["KONDOR_JOB_COUNT"]) + 1):
            try:
                status = status_of(pipeline, limits)
            except Dead as dead:
                sys.exit("Kondado does not take the credentials: %s" % dead)
            if status is None:
                missing += 1
                continue
            output.write(json.dumps({"pipeline_id": pipeline, "status": status}) + "\n")
            output.flush()
    if missing:
        sys.exit("%d statuses could not be had" % missing)


if __name__ == "__main__":
    main()
