// What stands in a mail: headers as they are, text, links. Nothing is fetched, rendered or run.
import { say } from "../../words.js"
import { PostalMime, addresses, decodeWords, tlds } from "../vendor/mail.js"
import { readHtml } from "./html.js"

const MAX_DEPTH = 50
const MAX_ADDRESSES = 20_000
const MAX_HEADERS = 200_000
const MAX_TEXT = 2_000_000
const MAX_NESTED = 5
const MAX_WAYS = 4
const WEB_TEXT = new Set(["text/html", "application/xhtml+xml", "image/svg+xml"])
const CLOSED = /^application\/(?:pdf|x-pdf|zip|x-zip\S*|x-rar\S*|vnd\.rar|x-7z\S*|gzip|x-gzip|x-tar|x-iso\S*|msword|vnd\.ms-\S+|vnd\.openxmlformats\S+|vnd\.oasis\S+|rtf|octet-stream|x-msdownload|x-pkcs7-mime|pkcs7-mime|pgp-encrypted|pgp)$/i
const CLOSED_NAME = /\.(?:pdf|zip|rar|7z|gz|tgz|tar|iso|img|cab|arj|ace|docx?|docm|xlsx?|xlsm|pptx?|rtf|one|exe|scr|js|vbs|lnk|p7m)$/i
const READ_AS_TEXT = /^application\/(?:ics|json|xml|[\w.-]+\+(?:xml|json))$/i
/** A file within the text (uuencode), as it was written before there was MIME: some mail programs show it as one. */
const UUENCODED = /^begin [0-7]{3,4} (\S[^\r\n]{0,200})\r?\n[\x20-\x60]{2,80}\r?$/m
const URL_IN_TEXT = /(?:\b(?:https?|ftp|file):[/\\]{2}|\bwww\d?\.(?=[^\s.])|\bmailto:)[^\s<>"`|{}^\u200b\u2014\u2026\u3002\uff08\uff09]{1,2000}/giu
const TOP_LEVEL = new Set([...tlds, "example", "invalid", "localhost", "test", "onion", "local"])
const SCRIPTED = /<script\b(?![^>]{0,200}ld\+json)|\son[a-z]{3,20}\s*=/i
const LIMITS = { maxNestingDepth: MAX_DEPTH, maxHeadersSize: MAX_HEADERS, forceRfc822Attachments: true }
const MAX_SHOWN = 20_000
const MAX_HOSTS = 50
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu
const QUOTED = /^[ \t]*>.*$/gm

/**
 * @typedef {{href: string, text: string, where: string, quoted: boolean}} Link  `text` is what a reader sees of it
 *
 * Read a whole message (RFC 5322), in every way in which mail programs may. `quotes` is text of others that it quotes, `closed` what
 * cannot be read here (PDF, archives, encryption), `ways` whether parts are told apart in more ways than one; `inner` is a mail
 * that it brings, `own` what it says itself beside that, `bodies` the same as text and as HTML.
 * @returns {Promise<{headers: {key: string, value: string}[], texts: string[], quotes: string[], links: Link[], fields: string[], attachments: string[],
 *   images: string[], closed: string[], forms: number, controls: number, ways: boolean, inner: ArrayBuffer|null, own: string, bodies: {text: string, html: string}, parts: number, problems: string[]}>}
 */
export async function readMail(source) {
  const mail = { headers: [], texts: [], quotes: [], links: [], fields: [], attachments: [], images: [], closed: [], forms: 0, controls: 0, ways: false, inner: null, own: "", bodies: { text: "", html: "" }, parts: 0, problems: [] }
  let parsed
  try {
    parsed = await PostalMime.parse(source, LIMITS)
  } catch (error) {
    mail.problems.push(error.message)
    parsed = { headers: [], attachments: [], text: typeof source === "string" ? source : "" }
  }
  mail.headers = parsed.headers
  mail.bodies = { text: parsed.text ?? "", html: parsed.html ?? "" }
  mail.own = `${parsed.text ?? ""}${parsed.html ?? ""}`.trim()
  mail.parts = parsed.attachments.length
  await readParts(parsed, mail, 0)
  await readOtherways(typeof source === "string" ? source : new TextDecoder("latin1").decode(source), mail)
  return mail
}

/**
 * Some programs look for parts where the header names none: at lines that look like a boundary above the header of a part. What they
 * would show is read too.
 */
async function readOtherways(source, mail) {
  const cut = /\r?\n\r?\n/.exec(source)
  const body = cut ? source.slice(cut.index + cut[0].length) : ""
  if (!body.trim()) return
  await readTwice(source, cut.index, mail)
  const declared = new Set([...source.matchAll(/\bboundary\s*=\s*(?:"([^"\n]{1,100})"|([^\s;"]{1,100}))/gi)].map(([, quoted, bare]) => quoted ?? bare))
  const found = new Set()
  for (const [, name] of body.matchAll(/^--([^\s].{0,98}?)[ \t]*\r?\n(?=content-[\w-]+[ \t]*:)/gim)) if (!declared.has(name) && found.size < MAX_WAYS) found.add(name)
  for (const boundary of found) {
    mail.ways = true
    try {
      await readParts(await PostalMime.parse(`Content-Type: multipart/mixed; boundary="${boundary.replace(/"/g, "")}"\r\n\r\n${body}`, LIMITS), mail, 1)
    } catch (error) {
      mail.problems.push(error.message)
    }
  }
  if (!found.size && !mail.texts.length && !mail.quotes.length && !mail.attachments.length) {
    mail.ways = true
    readText(body, mail)
  }
}

/** A header that says twice what the content is: some programs take the first, some the last. Both readings are looked through. */
async function readTwice(source, end, mail) {
  if (!["content-type", "content-transfer-encoding"].some((key) => mail.headers.filter((header) => header.key === key).length > 1)) return
  mail.ways = true
  const lines = source.slice(0, end).split(/\r?\n(?![ \t])/)
  for (const order of [lines, [...lines].reverse()]) {
    const seen = new Set()
    const kept = order.filter((line) => {
      const name = line.slice(0, line.indexOf(":")).trim().toLowerCase()
      if (!name.startsWith("content-")) return true
      return !seen.has(name) && seen.add(name)
    })
    try {
      await readParts(await PostalMime.parse(kept.join("\r\n") + source.slice(end), LIMITS), mail, 1)
    } catch (error) {
      mail.problems.push(error.message)
    }
  }
}

async function readParts(parsed, mail, depth) {
  if (parsed.text?.trim()) readText(parsed.text, mail)
  if (parsed.html?.trim()) readPage(parsed.html, mail)
  for (const { mimeType, filename, content, rfc822DepthExceeded, disposition } of parsed.attachments) {
    mail.attachments.push(filename || mimeType)
    if (rfc822DepthExceeded || depth > MAX_NESTED) mail.problems.push(say("messages are nested too deep"))
    else if (WEB_TEXT.has(mimeType) || /\.(?:x?html?|svg)$/i.test(filename ?? "")) readAttachedPage(asText(content), filename || mimeType, mail)
    else if (/^application\/(?:x-)?pkcs7-signature$|^application\/pgp-signature$/i.test(mimeType)) continue
    else if (CLOSED.test(mimeType) || CLOSED_NAME.test(filename ?? "")) mail.closed.push(filename || mimeType)
    else if (mimeType.startsWith("image/")) { if (disposition === "attachment" || !parsed.html) mail.images.push(filename || mimeType) }
    else if (mimeType.startsWith("text/") || !/^\w+\/\w/.test(mimeType)) readText(asText(content), mail)
    else if (mimeType.startsWith("message/")) await readAttached(content, mail, depth, mimeType)
    else if (READ_AS_TEXT.test(mimeType)) readText(asText(content), mail)
    // What else there is opens in a program of its own: nobody knows what it shows.
    else mail.closed.push(filename || mimeType)
  }
}

/** A page as a file opens in a browser, where its scripts run: what these would show cannot be read. */
function readAttachedPage(html, name, mail) {
  if (SCRIPTED.test(html)) mail.closed.push(name)
  readPage(html, mail)
}

/** Bytes as text: UTF-16 where its mark or its zeros say so. */
function asText(content) {
  const bytes = new Uint8Array(content)
  const [one, two] = bytes
  const wide = one === 0xff && two === 0xfe ? "utf-16le" : one === 0xfe && two === 0xff ? "utf-16be" : two === 0 && one ? "utf-16le" : one === 0 && two ? "utf-16be" : "utf-8"
  return new TextDecoder(wide).decode(bytes)
}

async function readAttached(content, mail, depth, mimeType) {
  try {
    const inner = await PostalMime.parse(content, LIMITS)
    if (depth === 0 && mimeType === "message/rfc822" && inner.headers.some(({ key }) => key === "from")) mail.inner ??= content
    if (inner.subject) mail.texts.push(inner.subject)
    await readParts(inner, mail, depth + 1)
  } catch (error) {
    mail.problems.push(error.message)
  }
}

function bounded(whole, mail) {
  if (whole.length > MAX_TEXT) mail.problems.push(say("its text is longer than anybody reads"))
  return whole.slice(0, MAX_TEXT)
}

function readPage(whole, mail) {
  readHtml(bounded(whole, mail), mail, findLinks)
}

function readText(whole, mail) {
  const text = bounded(whole, mail)
  const own = text.replace(QUOTED, "")
  const file = UUENCODED.exec(own)
  if (file) mail.closed.push(file[1].trim())
  mail.texts.push(own)
  if (own !== text) mail.quotes.push((text.match(QUOTED) ?? []).join("\n").replace(/^[ \t]*(?:>[ \t]?)+/gm, ""))
  findLinks(own, mail)
  if (own !== text) findLinks(mail.quotes.at(-1), mail, true)
}

/** What mail programs make links of in plain text; Outlook writes "[mailto:x@y]text". */
function findLinks(text, mail, quoted = false) {
  for (const [found] of text.matchAll(URL_IN_TEXT)) {
    const shown = trimmed(/^mailto:/i.test(found) ? found.split(/[\])>]/)[0] : found)
    mail.links.push({ href: /^www\./i.test(shown) ? `http://${shown}` : shown, text: "", where: "text", quoted })
  }
}

/** A URL without the punctuation that belongs to the sentence around it. */
function trimmed(url) {
  const plain = url.split(/,(?=https?:)/)[0]
  let end = plain.length
  let open = 0
  for (const letter of plain) open += letter === "(" || letter === "[" ? 1 : letter === ")" || letter === "]" ? -1 : 0
  for (; end; end -= 1) {
    const last = plain[end - 1]
    if (")]".includes(last) && open < 0) open += 1
    else if (!".,;:!?'”’»*_".includes(last)) break
  }
  return plain.slice(0, end)
}

/** Every mailbox that an address header names, groups opened; null if it is malformed, or far too long. */
export function mailboxes(value) {
  if (value.length > MAX_ADDRESSES) return null
  let found
  try {
    found = addresses({ input: value.trim(), startAt: "address-list", rfc6532: true })
  } catch {
    // Comments that nest too deep for the parser.
    return null
  }
  return found && found.addresses.flatMap((entry) => (entry.type === "group" ? entry.addresses : [entry]))
}

/** Text with its encoded words (RFC 2047) decoded. */
export function decoded(value) {
  return decodeWords(value)
}

/** Whether text holds characters that cannot be seen or that turn the order of others. */
export function hasInvisible(text) {
  return text.search(INVISIBLE) >= 0
}

/** Every host that text shows to a reader: `{host, address}`; `address` if as part of an e-mail address. */
export function hostsShown(text) {
  const found = []
  const whole = text.slice(0, MAX_SHOWN).replace(/\p{M}{4,}/gu, (marks) => marks.slice(0, 3))
  const plain = whole.normalize("NFKC").replace(INVISIBLE, "").replace(/[。．｡]|[[(](?:\.|dot)[\])]/gi, ".")
  for (const token of plain.split(/[\s<>()[\]{}"'“”‘’«»*`^~,;|\\…—]+/u)) {
    if (found.length >= MAX_HOSTS) break
    const bare = token.slice(0, 2000).replace(/^_+|[.:!?_]+$/gu, "")
    const scheme = /^[a-z][a-z0-9+-]*:(?=\/)\/*/i.exec(bare)
    const authority = bare.slice(scheme?.[0].length ?? 0).split(/[/?#]/, 1)[0]
    const at = authority.lastIndexOf("@")
    const host = authority.slice(at + 1).replace(/:\d*$/, "").replace(/\.$/, "")
    const numbers = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) && (bare.length > host.length)
    if (host.includes(".") && (scheme?.[0].endsWith("//") || numbers || isHost(host))) {
      found.push({ host, address: at >= 0 && !scheme?.[0].endsWith("//") })
    }
  }
  return found
}

/** Whether a dotted word is a host: "amazon.com" is, "e.g" and "Node.js" are not. */
function isHost(name) {
  const labels = name.toLowerCase().split(".")
  if (labels[0] === "www") return true
  return labels.every(Boolean) && (TOP_LEVEL.has(labels.at(-1)) || labels.at(-1).startsWith("xn--"))
}
