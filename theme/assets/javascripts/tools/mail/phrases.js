// What a text does to its reader beside asking for secrets: patterns by kind, looked through on 2026-02-01 with the texts of spoof mails
// in English, German, French, Spanish, Portuguese and Arabic. Each is a weak sign at most: genuine mail may say such things too.
const SUM = String.raw`(?:[$€£]|usd|eur|gbp|us dollars?|dollars?|euros?|pounds?|million\w*|mln|مليون)`

export default {
  "promises-money": [
    new RegExp(String.raw`\b(?:inherit\w*|next of kin|beneficiar\w*|compensat\w*|donat\w+|grant|lottery|winner|won|winning|jackpot|unclaimed|abandoned|deposited|consignment|atm card|bank draft|late (?:husband|client)|relief fund|philanthrop\w*|erbschaft|spende|gewinn\w*|héritage|heritage|donation|herencia|donaci[oó]n|heran[cç]a|doa[cç][aã]o)\b[^]{0,400}?${SUM}`, "iu"),
    new RegExp(String.raw`${SUM}[^]{0,400}?\b(?:inherit\w*|next of kin|beneficiar\w*|compensat\w*|donat\w+|lottery|winner|jackpot|unclaimed|abandoned|deposited|consignment|atm card|transfer to you|relief fund|philanthrop\w*|erbschaft|héritage|herencia|heran[cç]a)\b`, "iu"),
    /\b(?:business (?:proposal|proposition|opportunit\w+|transaction)|investment (?:proposal|opportunit\w+|partner\w*|project)|business partner\w*|foreign partner|parceiro (?:estrangeiro|de neg[oó]cios)|proposta de neg[oó]cios?|geschäftsvorschlag|proposition d'affaires|propuesta de negocios?|partnership for|mutual(?:ly)? benefi\w+|allocated funds|charit(?:y|able) (?:work|project|foundation)|diagnosed with (?:\w+ ){0,3}cancer|dying (?:woman|widow|man)|widow|trustworthy (?:person|partner|individual))\b/iu,
  ],
  "threatens": [
    /\b(?:bitcoins?|btc|ethereum|usdt|crypto(?:currency)? wallet)\b[^]{0,1500}?\b(?:wallet|address|transfer|send|pay|payment|carteira|transfer\w+|überweis\w*)\b/iu,
    /\b(?:bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{26,34}|0x[0-9a-f]{40})\b/u,
    /\b(?:i (?:have )?(?:hacked|infected|recorded|gained (?:full |total )?access)|your device (?:was|has been) (?:hacked|infected)|trojan|webcam|masturbat\w*|porn\w*|zahlen sie|j'ai piraté|he hackeado|acesso total ao seu)\b/iu,
  ],
  "asks-to-call": [
    /\b(?:call|dial|contact|phone|ring|reach|ligue|anrufen|rufen sie|appelez|llam[ea]\w*|toll[ -]?free|helpline|help ?desk|customer (?:care|support|service)|support (?:team|number|line)|central)\b[^\n]{0,160}?(?:\+?\d[\s().\-–_]{0,3}){8,15}/iu,
  ],
  "asks-to-buy": [
    /\b(?:buy|purchase|get|pick up|procure|kauf\w*|besorg\w*|achet\w*|compr\w*)\b[^.!?]{0,80}\b(?:gift ?cards?|(?:itunes|apple|google play|steam|amazon) cards?|geschenkkarten?|gutscheinkarten?|cartes?[- ]cadeaux?|tarjetas? (?:de )?regalo)\b[^]{0,300}?\b(?:codes?|scratch\w*|pictures?|photos?|fotos?|pins?)\b/iu,
  ],
  "asks-to-pay": [
    /\b(?:transfer|wire|remit|pay|send (?:the|all) (?:money|payments?|amount)|payments?|uberweis\w*|zahl(?:en|ung\w*)|virement\w*|virer|regle(?:r|ment)|transfier\w*|transferenci\w*|pagar|pagos?)\b[^.!?]{0,160}\b(?:iban|new (?:bank )?(?:account|details)|(?:changed|updated) (?:our )?bank(?:ing)? details|neue[sn]? (?:konto|bankverbindung)|nouveau (?:compte|rib)|nouvelles coordonnees bancaires|nueva cuenta|nuevos datos bancarios)\b/iu,
    /\b(?:iban|bank(?:ing)? details|bankverbindung|coordonnees bancaires|datos bancarios|account)\b[^.!?]{0,60}\b(?:ha(?:s|ve) (?:been )?changed|changed|hat sich geandert|geandert|ont change|a change|han? cambiado)\b[^]{0,200}\b(?:pay|payments?|transfer|remit|uberweis\w*|zahl(?:en|ung\w*)|virement\w*|paiement\w*|pagos?|transferenci\w*)\b/iu,
  ],
  "asks-to-answer": [
    /\b(?:get back to me|reply (?:to )?(?:me|this|urgently|as soon)|waiting for your (?:reply|response|e-?mail|answer)|await(?:ing)? your (?:reply|response|urgent|quick)|upon (?:receiving|receipt of) your (?:reply|response)|(?:your|a) (?:quick|urgent|prompt|swift|immediate|kind) (?:reply|response)|i (?:look forward|am waiting|await|need|want|would like)(?: to)? (?:hear|your|to discuss|to speak)|contact me|e-?mail me|write me|write to me|antworten sie mir|schreiben sie mir|répondez-moi|contactez-moi|resp[oó]ndame|contácteme|escríbame|entre em contato comigo|responda[- ]me|aguardo (?:a )?sua resposta)\b/iu,
  ],
}

/** A purchase that nobody made, to be cancelled, or an account that is closed: with a telephone number it asks to be called. */
export const PURCHASE = /\b(?:cancel\w*|refund\w*|dispute\w*|renew\w*|auto[- ]?(?:renew|debit)\w*|subscription|invoice|receipt|order|charged|debited|transaction|purchase|unauthori[sz]ed|did ?n[o']t (?:make|place|authori[sz]e)|(?:not|don't) recogni[sz]e|não reconhe\w+|compra|bloque\w+|storn\w+|abbuchung|facture|annul\w+|reembolso|cargo|locked|suspend\w*|disabled|deactivat\w*|restricted|compromised|hacked|infected|virus|gesperrt|deaktiviert|eingeschränkt|suspendu\w*|désactivé\w*|suspendid\w*)\b/iu

/** Providers at which anybody has an address: no shop and no bank writes from there. */
export const FREE_MAIL = /@(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|rocketmail|aol|gmx|web|mail|icloud|me|mac|proton|protonmail|pm|zoho|yandex|tutanota|aliyun|163|126|qq|rediffmail|t-online|orange|free|laposte|libero|terra|uol|bol|consultant|europe|asia|usa|post|inbox)\.(?:com?|de|fr|es|it|net|org|me|ru|at|ch|br|in|cn|lv|pt|co\.uk|com\.br|co\.jp|co\.in)\b/i
