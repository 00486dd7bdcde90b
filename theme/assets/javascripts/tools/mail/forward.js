// A mail that another one passes on in its own text, as programs write it there. Knows no page.
import { readHtml } from "./html.js"

const NAMED = "forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|رسالة (?:مُعاد|معاد) توجيهها|الرسالة المعاد توجيهها"
const ANSWERED = "original message|ursprüngliche nachricht|message d['’]origine|mensaje original|الرسالة الأصلية"
const BEGINS = "begin forwarded message|anfang der weitergeleiteten nachricht|début du message transféré|début du message réexpédié|inicio del mensaje reenviado|بدء الرسالة المعاد توجيهها"
const MARK = new RegExp(`-{2,}[ \\t]*(?:${NAMED})[ \\t]*-{2,}|(?:${BEGINS})(?:\\s|&nbsp;)?:`, "iu")
/** Where the subject says that it is a forward; else the same stands above answers. */
const OUTLOOK = new RegExp(`-{2,}[ \\t]*(?:${ANSWERED})[ \\t]*-{2,}|_{20,}(?=\\s*(?:From|Von|De|من)[ \\t]*:)|<b>\\s*(?:<[^<>]{0,200}>\\s*){0,3}(?=(?:From|Von|De|من)\\s*:)`, "iu")
const FORWARDS = /^\s*(?:fwd?|wg|tr|rv|إعادة توجيه)\s*:/iu
const KEYS = new Map(Object.entries({ from: "From|Von|De|من", "reply-to": "Reply-To|Antwort an|Répondre à|Responder a", subject: "Subject|Betreff|Objet|Asunto|الموضوع" }).flatMap(([key, names]) => names.split("|").map((name) => [name.toLowerCase(), key])))
const FIELD = /^[\s>*]*([\p{L}-]{2,20}(?: [\p{L}-]{1,10})?)\s*:[\s*]*(.*)$/u
const MAX_FIRST = 50_000
const MAX_BLOCK = 5000
const MAX_LINES = 20
const MAX_VALUE = 1000

/**
 * What stands in a mail as the mail that it passes on: `{from, source, own}`; `from` is whether its sender is told by an address, `source`
 * that mail as a message, `own` what stands above it. Null if no part, or not every part, begins with one: then a reader may see another.
 */
export function inlineForward({ bodies, headers }, decoded) {
  const subject = decoded(headers.find(({ key }) => key === "subject")?.value ?? "")
  const marks = FORWARDS.test(subject) ? [MARK, OUTLOOK] : [MARK]
  const parts = [bodies.text.trim() && textOf(bodies.text, marks), bodies.html.trim() && pageOf(bodies.html, marks)].filter((part) => typeof part !== "string")
  if (!parts.length || parts.some((part) => !part)) return null
  const fields = parts.find((part) => part.fields.has("from"))?.fields
  if (!fields) return null
  return { from: fields.get("from").includes("@"), source: messageOf(fields, parts), own: parts.map(({ own }) => own).join("\n").trim() }
}

/** The first mark in a text: `{start, end}`. */
function markIn(text, marks) {
  const found = marks.map((mark) => mark.exec(text.slice(0, MAX_FIRST))).filter(Boolean).sort((one, other) => one.index - other.index)[0]
  return found ? { start: found.index, end: found.index + found[0].length } : null
}

function textOf(text, marks) {
  const mark = markIn(text, marks)
  if (!mark) return null
  const below = text.slice(mark.end)
  // Some programs set it all behind ">".
  const lines = (/^\s*>/.test(below) ? below.replace(/^[ \t]*>[ \t]?/gm, "") : below).split(/\r?\n/)
  const { fields, next } = fieldsOf(lines)
  return { type: "text/plain", own: text.slice(0, mark.start), fields, content: lines.slice(next).join("\n") }
}

function pageOf(html, marks) {
  const mark = markIn(html, marks)
  if (!mark) return null
  const below = html.slice(mark.end)
  const { fields } = fieldsOf(shown(below.slice(0, MAX_BLOCK)).split(/\n+/))
  // It is no quotation here, but the mail itself.
  return { type: "text/html", own: shown(html.slice(0, mark.start)), fields, content: below.replace(/^[^]{0,300}?<blockquote\b/i, (start) => start.replace(/<blockquote\b/i, "<div")) }
}

/** What a reader sees of a piece of a page. */
function shown(html) {
  const found = { texts: [], quotes: [], links: [], fields: [], images: [], forms: 0, controls: 0 }
  readHtml(html, found, () => {})
  return `${found.texts.join("")}${found.quotes.join("")}`
}

/** The lines that tell sender and subject, and where those end. */
function fieldsOf(lines) {
  const fields = new Map()
  let next = 0
  let told = 0
  for (const [at, line] of lines.slice(0, MAX_LINES).entries()) {
    if (!line.trim()) {
      if (told) break
      continue
    }
    const [, name, value] = FIELD.exec(line.slice(0, MAX_VALUE)) ?? []
    const key = name && KEYS.get(name.toLowerCase())
    // A long address stands on a line of its own.
    const more = key === "from" && !value.includes("@") && !FIELD.test(lines[at + 1] ?? "") ? ` ${(lines[at + 1] ?? "").slice(0, MAX_VALUE)}` : ""
    if (key && !fields.has(key)) fields.set(key, addressed(value + more))
    told += 1
    next = at + 1
  }
  return { fields, next }
}

/** "Name [mailto:x@y]" as "Name <x@y>". */
function addressed(value) {
  return value.replace(/\[mailto:([^\]\s]+)\]/i, "<$1>").replace(/<mailto:([^>\s]+)>/i, "<$1>").replace(/[\r\n]+/g, " ").trim()
}

function messageOf(fields, parts) {
  const names = { from: "From", "reply-to": "Reply-To", subject: "Subject" }
  const head = [...fields].map(([key, value]) => `${names[key]}: ${value}`)
  let boundary = "forwarded"
  while (parts.some(({ content }) => content.includes(boundary))) boundary += "-"
  const written = parts.map(({ type, content }) => `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${content}\r\n`)
  return `${head.join("\r\n")}\r\nContent-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n${written.join("")}--${boundary}--\r\n`
}
