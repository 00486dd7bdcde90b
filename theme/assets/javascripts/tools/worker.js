// The address of the tools' worker, for pages that want Trusted Types (https://w3c.github.io/trusted-types/) too.
const address = new URL("./judge-worker.js", import.meta.url).href

/** Makes no address but that one. None where the page has no such types, or is another site's that names other makers. */
const maker = (() => {
  try {
    return globalThis.trustedTypes?.createPolicy("deskpress", { createScriptURL: () => address })
  } catch {
    return undefined
  }
})()

/**
 * The address, as `Worker` takes it on this page.
 *
 * @returns {any}
 */
export function judgeWorker() {
  return maker ? maker.createScriptURL("") : address
}
