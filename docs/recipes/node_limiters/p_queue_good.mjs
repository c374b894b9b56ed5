// p-queue, strict and one at a time, with a queue for each limit (K4).
import PQueue from "p-queue";
import { fetchAll, fetchStatus, scaled } from "./kondado.mjs";

const options = { concurrency: 1, strict: true };
const perSecond = new PQueue({ ...options, intervalCap: 1, interval: scaled(1_500) });
const perMinute = new PQueue({ ...options, intervalCap: 20, interval: scaled(62_000) });
await fetchAll((id) => perMinute.add(() => perSecond.add(() => fetchStatus(id))));
