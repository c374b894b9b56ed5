// Rotates both keys of a Qondor subscription with Azure's own client while an application goes on
// calling with whichever key is good; none of its calls is refused. Against a running kondor-mock,
// with Node 20 or newer, in a folder with a copy of this file:
//   npm install @azure/arm-apimanagement@10.0.0
//   node azure_rotation.mjs
// KONDOR=http://127.0.0.1:7070/@NAME runs it in another sandbox than the default one.
import { setTimeout as sleep } from "node:timers/promises";
import { ApiManagementClient } from "@azure/arm-apimanagement";

const KONDOR = process.env.KONDOR ?? "http://127.0.0.1:7070";
const SUBSCRIPTION = ["any-resource-group", "any-service", "production"];

// Azure's clients send a token over https only; the mock speaks http, and any token will do. So the
// policy that asks for one goes, and another sets the header.
const credential = { getToken: async () => null };
const client = new ApiManagementClient(credential, "00000000-0000-0000-0000-000000000000", {
  endpoint: `${KONDOR}/arm`,
  allowInsecureConnection: true,
});
client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
client.pipeline.addPolicy({
  name: "anyToken",
  sendRequest(request, next) {
    request.headers.set("Authorization", "Bearer any");
    return next(request);
  },
});

// From here on nothing differs from the real thing.
const readKeys = () => client.subscription.listSecrets(...SUBSCRIPTION);

async function call(key) {
  const answer = await fetch(`${KONDOR}/qondor/Prod/Customer/v1/Customer/GetAll`, {
    headers: { "Ocp-Apim-Subscription-Key": key },
  });
  await answer.arrayBuffer();
  return answer.status;
}

// A new key may need a while to spread (QO5).
async function untilItWorks(key) {
  for (let tries = 0; tries < 120; ++tries) {
    if ((await call(key)) === 200) return key;
    await sleep(500);
  }
  throw new Error("the new key still does not work after a minute");
}

const old = await readKeys();
let inUse = old.primaryKey;
let running = true;
const answered = {};
async function application() {
  while (running) {
    const status = await call(inUse);
    answered[status] = (answered[status] ?? 0) + 1;
    await sleep(200);
  }
}
const callsInFlightEnd = () => sleep(1000);

const done = application();
try {
  inUse = old.secondaryKey;
  await callsInFlightEnd();
  await client.subscription.regeneratePrimaryKey(...SUBSCRIPTION);
  inUse = await untilItWorks((await readKeys()).primaryKey);
  await callsInFlightEnd();
  await client.subscription.regenerateSecondaryKey(...SUBSCRIPTION);
  await untilItWorks((await readKeys()).secondaryKey);
} finally {
  running = false;
  await done;
}
console.log("the application was answered:", answered); // { '200': … } alone
console.log("the old keys are answered:", await call(old.primaryKey), await call(old.secondaryKey));
