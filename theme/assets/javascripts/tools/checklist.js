// The steps against spoof e-mails: data, from the marketplace's advice of March 2, 2012.
export default [
  "Who sent it? Look at the address itself, not at the name before it. A right one proves nothing.",
  "Where do its links lead? Hold the pointer over a link, and read what stands directly before the first slash from right to left.",
  "Does it ask for a password, a social security or tax number, a bank account, a card number, a PIN, a security code, or facts such as a maiden name, a birth city or a pet's name? A genuine mail never does, not even to “update” them.",
  "Does it threaten or hurry you, or promise something out of the blue?",
  "Read it aloud: mistakes in grammar and spelling show haste.",
  "Does it bring files that you did not expect? Leave them closed.",
  "When in doubt, click on nothing: type the address of the site yourself and look there."
]
