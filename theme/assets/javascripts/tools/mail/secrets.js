// What a genuine mail never asks for, not even as an "update": data, and how asking is recognised in English.

/** From the marketplace's advice on spoof e-mails, March 2, 2012. */
export const SECRETS = {
  "social security or tax number": /\b(?:social security (?:number|no|#)|ssn|tax(?:payer)? ?(?:identification |id(?:entity)? )?(?:number|no\b|id\b)|national insurance number|ein\b)/,
  "bank account": /\b(?:bank(?:ing)? (?:account|details|information|data)|account and routing|routing number|iban)\b/,
  "card number, PIN or security code": /\b(?:(?:credit|debit|bank|payment)?[ -]?card (?:number|details|information|data)|(?:credit|debit) card|pin(?: (?:code|number))?|security code|cvv2?|cvc2?|card verification)\b/,
  "identifying facts": /\b(?:mother'?s maiden name|maiden name|(?:birth ?(?:city|place|town)|(?:city|place|town) (?:of birth|(?:where )?you were born))|pet'?s? name|name of (?:your )?(?:first )?pet)\b/,
  "password": /\b(?:passwords?|pass ?codes?|pass ?phrases?)\b(?! ?-?(?:reset|changed?|assistance|protect))/,
}

const ASKS = /\b(?:confirm|verify|validate|update|re-?enter|enter|provide|supply|send|submit|give|tell|fill (?:in|out)|type|complete|share|e-?mail|text|reply|respond|state|disclose|(?:we|us|amazon|you must|you need to) (?:need|require|request|ask|provide)|ask(?:s|ing)? (?:you )?for|log ?in with|sign ?in with|what(?:'s| is| was)|needed|required|must have)\b/
const NEVER = /\b(?:never|not|cannot|nobody|no one|won't|don't|doesn't|didn't|can't|shouldn't|mustn't|isn't|avoid)\b/g
const UNDONE = /\b(?:hesitate|forget|fail|delay|only|just|if|unless|until)\b/

const LOOKALIKES = Object.fromEntries([..."аaеeоoрpсcуyхxіiѕsјjԁdһhԛqԝwкkмmтtвbнhαaοoρpνvιiτtεeκkυu"].reduce(
  (pairs, letter, at, all) => (at % 2 ? pairs : [...pairs, [letter, all[at + 1]]]), [],
))

/** Text as a reader takes it in: without marks, without what is invisible, letters that look Latin as Latin. */
export function asRead(text) {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu, "")
    .replace(/[’‘`´]/g, "'")
    .toLowerCase()
    .replace(/[^\x00-\x7f]/gu, (letter) => LOOKALIKES[letter] ?? letter)
}

/** The secrets that a text asks for, each with the sentence: `{what, sentence}`. */
export function asksFor(text) {
  const found = []
  for (const sentence of asRead(text).split(/[.!?;]+(?=\s|$)|\n\s*\n/)) {
    const plain = sentence.replace(/\s+/g, " ").trim().slice(0, 1000)
    if (!plain || !ASKS.test(plain) || isWarning(plain)) continue
    for (const [what, pattern] of Object.entries(SECRETS)) {
      if (pattern.test(plain)) found.push({ what, sentence: plain.slice(0, 200) })
    }
  }
  return found
}

/** What a form's field is named after, if that is a secret. */
export function fieldAsksFor(name) {
  const plain = asRead(name).replace(/[_-]+/g, " ")
  return Object.keys(SECRETS).find((what) => SECRETS[what].test(plain)) ?? ""
}

/** Whether a sentence warns of giving something away ("we never ask for …") rather than asks. */
function isWarning(sentence) {
  for (const never of sentence.matchAll(NEVER)) {
    // "If you do not confirm …" and "do not forget to send …" ask all the same.
    const around = sentence.slice(Math.max(0, never.index - 30), never.index + never[0].length + 20)
    if (!UNDONE.test(around) && ASKS.test(sentence.slice(never.index))) return true
  }
  return false
}
