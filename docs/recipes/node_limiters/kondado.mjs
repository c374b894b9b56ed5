// What the clients beside it have in common: one call, what its answer says, and what is written down.
// The limiters pace; none of them notices a refusal with HTTP 200 (K5), so that is done here.
import { appendFileSync } from "node:fs";

const env = process.env;
export const speed = Number(env.KONDOR_SPEED || 1); // 1 with the real vendor
export const ids = Array.from({ length: Number(env.KONDOR_JOB_COUNT) }, (_, i) => i + 1);
export const scaled = (ms) => Math.ceil(ms / speed);
export const pause = (ms) => new Promise((wake) => setTimeout(wake, scaled(ms)));

export class Refused extends Error {}
export class Dead extends Error {}

// The pipeline's status (K9). Throws Refused, Dead, or any other error for a fault.
export const fetchStatus = async (id) => {
  const query = new URLSearchParams({ key: env.KONDADO_KEY, token: env.KONDADO_TOKEN });
  const reply = await fetch(`${env.KONDADO_BASE_URL}/pipelines/${id}/status?${query}`, {
    signal: AbortSignal.timeout(scaled(30_000)),
  });
  const answer = await reply.json();
  if (answer?.success === false) {
    if (answer.error === "RATE_LIMIT_EXCEEDED") throw new Refused();
    throw new Dead(String(answer.error).slice(0, 60));
  }
  const status = answer?.[id]?.status;
  if (typeof status !== "string") throw new Error("no status in the answer");
  return status;
};

// What is often written instead: whatever comes with HTTP 200 is data.
export const fetchCarelessly = async (id) => {
  const query = new URLSearchParams({ key: env.KONDADO_KEY, token: env.KONDADO_TOKEN });
  const reply = await fetch(`${env.KONDADO_BASE_URL}/pipelines/${id}/status?${query}`);
  if (!reply.ok) throw new Error(`HTTP ${reply.status}`);
  return (await reply.json())[id]?.status ?? null;
};

export const write = (id, status) =>
  appendFileSync(env.KONDOR_OUTPUT, JSON.stringify({ pipeline_id: id, status }) + "\n");

// One status after the other through `limited`, which is fetchStatus behind a limiter; each until it is
// there, and nobody calls while a refusal's 60 s last (K6).
export const fetchAll = async (limited) => {
  let missing = 0;
  for (const id of ids) {
    let status = null;
    for (let attempt = 0; attempt < 8 && status === null; attempt++) {
      try {
        status = await limited(id);
      } catch (error) {
        if (error instanceof Dead) {
          console.error(`Kondado does not take the credentials: ${error.message}`);
          process.exit(3);
        }
        await pause(error instanceof Refused ? 60_500 : 1_000 * 2 ** attempt);
      }
    }
    if (status === null) missing++;
    else write(id, status);
  }
  if (missing === 0) return;
  console.error(`${missing} statuses could not be had`);
  process.exit(1);
};
