"""The same as good.py, as it is often written: what is wrong with it?

It has workers that do not know of each other, takes HTTP 200 for success, and retries what fails after
a second.
"""
import concurrent.futures
import json
import os
import time
import urllib.request

SPEED = float(os.environ.get("KONDOR_SPEED") or 1)


def status_of(pipeline):
    url = "%s/pipelines/%d/status?key=%s&token=%s" % (
        os.environ["KONDADO_BASE_URL"], pipeline, os.environ["KONDADO_KEY"],
        os.environ["KONDADO_TOKEN"])
    for _ in range(3):
        try:
            with urllib.request.urlopen(url) as reply:
                return json.loads(reply.read()).get(str(pipeline), {}).get("status")
        except Exception:
            time.sleep(1 / SPEED)


ids = range(1, int(os.environ["KONDOR_JOB_COUNT"]) + 1)
with concurrent.futures.ThreadPoolExecutor(4) as pool, open(
        os.environ["KONDOR_OUTPUT"], "w", encoding="utf-8") as output:
    for pipeline, status in zip(ids, pool.map(status_of, ids)):
        output.write(json.dumps({"pipeline_id": pipeline, "status": status}) + "\n")
