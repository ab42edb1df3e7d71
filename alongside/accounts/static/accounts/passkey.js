// Passkeys: asks the browser for one, or to make one, and posts what it answers.
// Each [data-passkey] part stays hidden where the browser, or this address, cannot do it.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withBytes = (list) => (list || []).map((each) => ({ ...each, id: toBytes(each.id) }));

function readable(options) {
  const { publicKey } = options;
  const read = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (publicKey.user) {
    read.user = { ...publicKey.user, id: toBytes(publicKey.user.id) };
  }
  read.excludeCredentials = withBytes(publicKey.excludeCredentials);
  read.allowCredentials = withBytes(publicKey.allowCredentials);
  return { publicKey: read };
}

function writable(credential) {
  const response = {};
  for (const name of [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ]) {
    if (credential.response[name]) {
      response[name] = toText(credential.response[name]);
    }
  }
  return {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function question(form) {
  if (form.dataset.options) {
    return JSON.parse(form.dataset.options);
  }
  const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    throw new Error("no question");
  }
  return answer.json();
}

async function use(form) {
  const options = readable(await question(form));
  const making = "making" in form.dataset;
  const credential = making
    ? await navigator.credentials.create(options)
    : await navigator.credentials.get(options);
  form.elements.credential.value = JSON.stringify(writable(credential));
}

const isNumber = /^[\d.]+$|:/.test(window.location.hostname); // passkeys need a name, not an IP address
if (window.PublicKeyCredential && window.isSecureContext && !isNumber) {
  for (const part of document.querySelectorAll("[data-passkey]")) {
    const form = part.querySelector("form");
    const problem = part.querySelector("[data-passkey-problem]");
    part.hidden = false;
    for (const instead of document.querySelectorAll("[data-passkey-missing]")) {
      instead.hidden = true;
    }
    if (!form) {
      continue; // a link to a page that has one
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      problem.hidden = true;
      try {
        await use(form);
        form.submit();
      } catch {
        problem.hidden = false;
      }
    });
  }
}
