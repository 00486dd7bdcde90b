// Looks through a mail for signs that it is not what it says: knows no page, fetches and runs nothing.
import { many, say } from "../words.js"
import { inspectAuthentication } from "./mail/authentication.js"
import { inlineForward } from "./mail/forward.js"
import { Trusted, asciiHost } from "./mail/hosts.js"
import { inspectLink } from "./mail/links.js"
import { inspectRequests } from "./mail/requests.js"
import { asksFor } from "./mail/secrets.js"
import { authorsOf, inspectSenders } from "./mail/senders.js"

/** Characters (or bytes) of a message that are read at most. */
export const MAX_SIZE = 25_000_000

const MAX_LINES = 600_000
const MAX_FINDINGS = 1000
const MAX_NAMED = 100
const SHOWN = 120
const LITTLE_TEXT = 15
const FEW_WORDS = 200
const MAX_FORWARDS = 3
/** Signs that tell of whoever passed a mail on: a stranger to those whom the site trusts. */
const OF_SENDERS = new Set(["from-untrusted", "reply-to-untrusted", "return-path-untrusted"])
const ORDER = { strong: 0, weak: 1, note: 2 }

/**
 * Inspect a whole message, RFC 5322 text or its bytes, for a site that trusts `senders` (domains of addresses, exactly, or `*.name` with
 * all sub-domains) and `sites` (hosts and what lies under them).
 *
 * A finding is `{rule, severity, where, why}`. One that is strong no genuine mail of a trusted sender has: then the verdict is "bad-signs". With
 * weak ones alone it is "look-closer"; notes do not change it. "No bad signs" never means genuine. A mail that brings nothing but another one
 * is judged as that. Raises `RangeError` for a message that is too large and for names that are none.
 *
 * @returns {Promise<{verdict: "bad-signs"|"look-closer"|"no-bad-signs", findings: {rule: string, severity: "strong"|"weak"|"note", where: string, why: string}[]}>}
 */
export async function inspectMessage(source, trust = {}) {
  const trusted = new Trusted(trust ?? {})
  if ((source.length ?? source.byteLength ?? source.size) > MAX_SIZE) {
    throw new RangeError(say("the message is larger than %(size)s MB", { size: MAX_SIZE / 1_000_000 }))
  }
  const text = typeof source === "string" ? source : latin(source)
  if (text.split("\n", MAX_LINES + 1).length > MAX_LINES) throw new RangeError(say("the message has more lines than a mail has"))
  // Whoever copies a mail's source often copies an empty line before it; mailboxes begin each with a line of their own.
  const lead = /^(?:\ufeff|\u00ef\u00bb\u00bf)?(?:[ \t]*\r?\n)*(?:From \S+ [^\n]*\d\d:\d\d[^\n]*\n)?/.exec(text)[0].length
  const reader = { ...(await import("./mail/read.js")), short }
  const mail = await reader.readMail(typeof source === "string" ? text.slice(lead) : bytesOf(source).subarray(lead))
  const findings = new Findings()
  if (mail.inner && isForward(mail)) {
    findings.note("forwarded", "message/rfc822", say("It brings nothing but another mail: that one was looked through."))
    await inspect(await reader.readMail(bytesOf(mail.inner)), trusted, reader, findings)
  } else await inspect(mail, trusted, reader, findings)
  return findings.result()
}

async function inspect(mail, trusted, reader, findings, depth = 0) {
  for (const problem of mail.problems) {
    findings.strong("unreadable-message", "message", say("The message cannot be read to its end: %(problem)s.", { problem }))
  }
  if (mail.ways) findings.weak("read-in-two-ways", "message", say("Mail programs can tell its parts apart in more ways than one: all of them were looked through."))
  const authors = authorsOf(mail, reader).map(({ domain }) => domain)
  const known = authors.length > 0 && authors.every((domain) => trusted.isSender(domain))
  const aligned = inspectAuthentication(mail, authors, trusted, findings)
  const forward = depth < MAX_FORWARDS ? inlineForward(mail, reader.decoded) : null
  const passedOn = forward && saysLittle(forward.own)
  inspectSenders(mail, trusted, reader, passedOn ? findings.ofForwarder() : findings, aligned)
  inspectContent(mail, trusted, reader, findings)
  if (!passedOn) return
  findings.weak("forwarded-inline", "text", say("It passes on another mail in its text: that one was looked through, too. What stands there of its sender was written by whoever passed it on."))
  const inner = await reader.readMail(forward.source)
  // What somebody who is trusted passes on may come from anybody.
  const further = new Findings(known ? OF_SENDERS : undefined)
  if (forward.from) await inspect(inner, trusted, reader, further, depth + 1)
  else inspectContent(inner, trusted, reader, further)
  findings.merge(further)
}

function inspectContent(mail, trusted, reader, findings) {
  for (const link of mail.links) inspectLink(link, trusted, reader, findings)
  inspectRequests(mail, trusted, reader, findings)
  inspectSurroundings(mail, trusted, reader, findings)
}

/** Whether a mail brings another one and says at most a few words of its own, that ask for nothing and lead nowhere. */
function isForward({ inner, own, parts, ways }) {
  return Boolean(inner) && !ways && parts === 1 && saysLittle(own)
}

function saysLittle(own) {
  return own.length <= FEW_WORDS && !/:\/\/|www\.|@|<[a-z]/i.test(own) && !asksFor(own).length
}

function bytesOf(source) {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  return new Uint8Array(source)
}

/** Bytes as a text with a character for each. */
function latin(source) {
  return new TextDecoder("latin1").decode(bytesOf(source))
}

/** Findings in the order in which they came up; what repeats is counted. */
class Findings {
  /** Signs of the rules in `soft` are weak at most. */
  constructor(soft = new Set()) {
    this.soft = soft
    this.found = new Map()
    this.worst = ORDER.note
  }

  strong(rule, where, why) {
    this.add(rule, "strong", where, why)
  }

  weak(rule, where, why) {
    this.add(rule, "weak", where, why)
  }

  note(rule, where, why) {
    this.add(rule, "note", where, why)
  }

  /** The same for the sender of a mail that passes on another. */
  ofForwarder() {
    return this.softened((rule) => OF_SENDERS.has(rule))
  }

  /** The same for lines behind ">": what somebody else wrote, and this mail answers. */
  ofQuotes() {
    return this.softened(() => true)
  }

  softened(isSoft) {
    const add = (rule, severity, where, why) => this.add(rule, severity === "strong" && isSoft(rule) ? "weak" : severity, where, why)
    return { add, strong: (...found) => add(found[0], "strong", ...found.slice(1)), weak: (...found) => this.weak(...found), note: (...found) => this.note(...found) }
  }

  add(rule, weight, where, why) {
    const severity = weight === "strong" && this.soft.has(rule) ? "weak" : weight
    this.worst = Math.min(this.worst, ORDER[severity])
    const key = `${rule}\n${severity}\n${why}`
    const known = this.found.get(key)
    if (known) known.times += 1
    else if (this.found.size < MAX_FINDINGS) this.found.set(key, { rule, severity, where: short(where), why, times: 1 })
  }

  /** Take over what was found in the same text, read in another way: nothing counts twice. */
  merge({ found, worst }) {
    this.worst = Math.min(this.worst, worst)
    for (const [key, one] of found) {
      const known = this.found.get(key)
      if (known) known.times = Math.max(known.times, one.times)
      else if (this.found.size < MAX_FINDINGS) this.found.set(key, one)
    }
  }

  result() {
    /** @type {("bad-signs"|"look-closer"|"no-bad-signs")[]} */
    const verdicts = ["bad-signs", "look-closer", "no-bad-signs"]
    const findings = [...this.found.values()].map(({ times, ...finding }) => (
      times > 1 ? { ...finding, why: many("%(why)s (%(number)s time)", "%(why)s (%(number)s times)", times, { why: finding.why }) } : finding
    ))
    findings.sort((a, b) => ORDER[a.severity] - ORDER[b.severity])
    return { verdict: verdicts[this.worst], findings }
  }
}

function short(text) {
  const plain = text.slice(0, 20 * SHOWN).replace(/\s+/g, " ").trim()
  return plain.length > SHOWN ? `${plain.slice(0, SHOWN - 1)}…` : plain
}

/** What could not be read, and what is worth a look but proves nothing either way. */
function inspectSurroundings(mail, trusted, { hostsShown }, findings) {
  const type = mail.headers.find(({ key }) => key === "content-type")?.value ?? ""
  const written = [...mail.texts, ...mail.quotes].join(" ").replace(/\s+/g, "").length
  if (mail.closed.length || /^\s*(?:multipart\/encrypted|application\/(?:x-)?pkcs7-mime)/i.test(type)) {
    findings.weak("content-unread", mail.closed.join(", ") || type, say("It brings content that cannot be read here. Do not open what you did not expect."))
  } else if (!written && !mail.controls && !mail.links.length && !mail.images.length) {
    findings.weak("content-unread", "message", say("It holds nothing that could be read."))
  } else if (written < LITTLE_TEXT && (mail.images.length || mail.attachments.length)) {
    findings.weak("content-unread", [...mail.images, ...mail.attachments].join(", "), say("It is made of pictures: what they say cannot be read here."))
  }
  const targets = mail.links.map(({ href }) => href).join("\n").toLowerCase()
  const shown = new Map()
  for (const { host, address } of mail.texts.flatMap((text) => hostsShown(text))) shown.set(host, shown.get(host) || !address)
  for (const host of [...shown.keys()].slice(0, MAX_NAMED)) {
    const name = asciiHost(host) || host
    // Mail programs make links of bare names, too. Those that are links already have been judged.
    const severity = shown.get(host) && !targets.includes(host.toLowerCase()) ? "weak" : "note"
    if (!trusted.isSite(name) && !trusted.isUnderSender(name)) findings.add("text-names-host", severity, host, say("The text names %(host)s, which is not a trusted site.", { host: short(host) }))
  }
  const names = mail.attachments.filter(Boolean)
  if (names.length) findings.note("attachments", names.join(", "), say("It brings files. Do not open what you did not expect."))
}
