// What the reader's own mail server found out about the sender (RFC 8601, RFC 7208 §9.1). Only the topmost lines count:
// those below may be anybody's.
import { say } from "../../words.js"

const METHODS = "spf|dkim|dmarc|sender-id|domainkeys|dkim-adsp|dkim-atps|auth|compauth|bimi|arc"
const RESULT = new RegExp(`(?:^|[\\s;,"])(${METHODS})(?:\\s*/\\s*\\d+)?\\s*=\\s*"?([a-z]+)`, "gi")
const FAILED = /^(?:hard)?fail$/i

/**
 * Judge the checks of the sender against the domains of `From`. Returns whether one that aligns passed: then
 * the address is the sender's, whatever else failed (RFC 7489 §3.1).
 */
export function inspectAuthentication(mail, authors, trusted, findings) {
  const top = mail.headers.find(({ key }) => key === "authentication-results")
  const results = top ? resultsOf(top.value) : []
  const belongs = ({ domains }) => domains.some((domain) => authors.some((author) => trusted.areAligned(domain, author)))
  const named = (one) => one.domains.length > 0
  const passed = results.some((one) => (one.method === "dmarc" && one.result === "pass" && (!named(one) || belongs(one))) || (["spf", "dkim"].includes(one.method) && one.result === "pass" && belongs(one)))
  const dmarcFailed = results.some(({ method, result }) => method === "dmarc" && FAILED.test(result))
  const aligned = passed && !dmarcFailed
  const arc = results.some(({ method, result }) => method === "arc" && result === "pass")
  for (const one of results) {
    const where = `Authentication-Results: ${one.method}=${one.result}`
    const failed = say("The check “%(method)s” of the sender failed.", { method: one.method })
    if (one.method === "arc" || one.method === "bimi") continue
    if (FAILED.test(one.result)) {
      // Whoever forwards breaks SPF; a second signature is not the sender's.
      if (aligned || (one.method === "dkim" && named(one) && !belongs(one))) findings.note("authentication-other", where, say("The check “%(method)s” failed, but another of the sender's own passed.", { method: one.method }))
      else if (arc) findings.weak("authentication-failed", where, failed)
      else findings.strong("authentication-failed", where, failed)
    } else if (/^(?:softfail|permerror|temperror|policy)$/i.test(one.result)) {
      findings.note("authentication-doubtful", where, say("The check “%(method)s” of the sender could not confirm it.", { method: one.method }))
    }
  }
  const received = mail.headers.find(({ key }) => key === "received-spf")
  if (received && !aligned && /^\s*(?:hard)?fail\b/i.test(received.value)) {
    findings.strong("authentication-failed", `Received-SPF: ${received.value}`, say("The check “%(method)s” of the sender failed.", { method: "spf" }))
  }
  return aligned
}

/** The results of a header: `{method, result, domains}`, the domains that each is about. */
function resultsOf(value) {
  // A reason is anybody's words. Other quotes are left: what they hide may be a result.
  const plain = withoutComments(value).replace(/\breason\s*=\s*"(?:[^"\\]|\\.)*"/gi, "")
  const found = [...plain.matchAll(RESULT)]
  return found.map(([, method, result], at) => {
    const about = plain.slice(found[at].index, found[at + 1]?.index)
    const domains = [...about.matchAll(/\b(?:header\.(?:d|i|from|s)|smtp\.(?:mailfrom|mail|helo))\s*=\s*"?([^\s;"]+)/gi)]
      .filter(([whole]) => !/^(?:header\.s|smtp\.helo)/i.test(whole))
      .map(([, name]) => name.slice(name.lastIndexOf("@") + 1).replace(/[<>.]+$/, "").toLowerCase()).filter((name) => name.includes("."))
    return { method: method.toLowerCase(), result: result.toLowerCase(), domains }
  })
}

/** A header without its comments, which may nest; one that never ends is no comment. */
function withoutComments(value) {
  let plain = ""
  let depth = 0
  let quoted = false
  for (let at = 0; at < value.length; at += 1) {
    const letter = value[at]
    if (letter === "\\") {
      if (!depth) plain += value.slice(at, at + 2)
      at += 1
    } else if (letter === '"' && !depth) {
      quoted = !quoted
      plain += letter
    } else if (letter === "(" && !quoted) depth += 1
    else if (letter === ")" && depth) depth -= 1
    else if (!depth) plain += letter
  }
  return depth ? value : plain
}
