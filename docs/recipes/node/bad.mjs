// The same as good.mjs, as it is often written: what is wrong with it? It asks for everything at once,
// and takes `reply.ok` for success.
import { appendFileSync } from "node:fs";

const { KONDADO_BASE_URL, KONDADO_KEY, KONDADO_TOKEN, KONDOR_JOB_COUNT, KONDOR_OUTPUT } = process.env;
const ids = Array.from({ length: Number(KONDOR_JOB_COUNT) }, (_, i) => i + 1);

await Promise.all(
  ids.map(async (id) => {
    const url = `${KONDADO_BASE_URL}/pipelines/${id}/status?key=${KONDADO_KEY}&token=${KONDADO_TOKEN}`;
    const reply = await fetch(url);
    if (!reply.ok) return;
    const answer = await reply.json();
    const line = { pipeline_id: id, status: answer[id]?.status ?? null };
    appendFileSync(KONDOR_OUTPUT, JSON.stringify(line) + "\n");
  }),
);
