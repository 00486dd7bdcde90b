// postal-mime: MIME, hardened against hostile input; email-addresses: strict RFC 5322; parse5: tags as browsers
// read them; tldts-icann: which names can be hosts.
export { default as addresses } from "email-addresses"
export { Tokenizer, TokenizerMode } from "parse5"
export { default as PostalMime, decodeWords } from "postal-mime"
export { parse as parseHost } from "tldts-icann"
