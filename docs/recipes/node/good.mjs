// Fetches statuses of pipelines from Kondado with Node's own fetch (18 or newer), and keeps to
// everything its documentation says. Rules are those of docs/VENDORS.md.
import { appendFileSync } from "node:fs";

const env = process.env;
const speed = Number(env.KONDOR_SPEED || 1); // 1 with the real vendor
const margin = 200; // ms, because the network does not run on time

const now = () => performance.now() * speed;
const pause = (ms) => (ms > 0 ? new Promise((wake) => setTimeout(wake, Math.ceil(ms / speed))) : null);

// At most one call in a second and twenty in a minute (K4), counted from the answers, by which time
// the vendor has counted; and nobody calls while a refusal's 60 s last (K6).
const answered = [];
let freeAt = 0;
const untilItsTurn = async () => {
  const room = [freeAt];
  if (answered.length >= 1) room.push(answered.at(-1) + 1_000 + margin);
  if (answered.length >= 20) room.push(answered.at(-20) + 60_000 + margin);
  await pause(Math.max(...room) - now());
};
const done = (hold = 0) => {
  answered.push(now());
  freeAt = Math.max(freeAt, now() + hold);
};

class Dead extends Error {}

// The answer's JSON, whatever its status; null when there is none.
const call = async (path) => {
  const query = new URLSearchParams({ key: env.KONDADO_KEY, token: env.KONDADO_TOKEN }); // K1
  try {
    const reply = await fetch(`${env.KONDADO_BASE_URL}${path}?${query}`, {
      signal: AbortSignal.timeout(Math.ceil(30_000 / speed)),
    });
    return await reply.json();
  } catch {
    return null; // no answer, half of one, or no JSON
  }
};

const statusOf = async (id) => {
  for (let attempt = 0; attempt < 8; attempt++) {
    await untilItsTurn();
    const answer = await call(`/pipelines/${id}/status`);
    if (answer?.success === false) {
      // HTTP 200 says nothing here: a refusal has it, too (K5).
      if (answer.error !== "RATE_LIMIT_EXCEEDED") throw new Dead(String(answer.error).slice(0, 60));
      done(60_000);
      continue;
    }
    const status = answer?.[id]?.status; // K9
    if (typeof status === "string") {
      done();
      return status;
    }
    done(1_000 * 2 ** attempt); // a fault: it may be over by then
  }
  return null;
};

let missing = 0;
try {
  for (let id = 1; id <= Number(env.KONDOR_JOB_COUNT); id++) {
    const status = await statusOf(id);
    if (status === null) missing++;
    else appendFileSync(env.KONDOR_OUTPUT, JSON.stringify({ pipeline_id: id, status }) + "\n");
  }
} catch (error) {
  if (!(error instanceof Dead)) throw error;
  console.error(`Kondado does not take the credentials: ${error.message}`);
  process.exit(3);
}
if (missing > 0) {
  console.error(`${missing} statuses could not be had`);
  process.exit(1);
}
