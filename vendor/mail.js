// postal-mime: MIME, hardened against hostile input; email-addresses: strict RFC 5322; parse5: tags as browsers
// read them; tlds: the top-level
// domains that there are.
export { default as addresses } from "email-addresses"
export { Tokenizer, TokenizerMode } from "parse5"
export { default as PostalMime, decodeWords } from "postal-mime"
export { default as tlds } from "tlds"
