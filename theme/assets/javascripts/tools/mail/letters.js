// Letters that are taken for others, and names of hosts as they are shown. Knows no page.

const LATIN = "аa еe оo рp сc уy хx іi ѕs јj ԁd һh ԛq ԝw кk мm тt вb нh αa οo ρp νv ιi τt εe κk υu ωw ɑa ıi ɡg ℓl ӏl ѵv ꞵb ҽe ոn".split(" ").filter((pair) => [...pair].length === 2)

/** Letters of other scripts with the Latin ones that they look like. */
export const LOOKALIKES = Object.fromEntries(LATIN.map((pair) => [...pair]))

/** A name with all that looks alike made alike: "arnaz0n" and "amazon" have one skeleton (as in UTS #39). */
export function skeleton(name) {
  return [...name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()].map((letter) => LOOKALIKES[letter] ?? letter).join("")
    .replace(/rn/g, "m").replace(/vv/g, "w").replace(/0/g, "o").replace(/[1i|]/g, "l").replace(/5/g, "s").replace(/3/g, "e").replace(/4/g, "a").replace(/8/g, "b")
}

/** A label as people read it: "xn--mazon-3ve" is "аmazon" (RFC 3492); one that cannot be decoded stays. */
export function fromPunycode(label) {
  if (!label.startsWith("xn--") || label.length > 70) return label
  const [base, tMin, tMax, skew, damp] = [36, 1, 26, 38, 700]
  const cut = label.lastIndexOf("-")
  const output = cut > 3 ? [...label.slice(4, cut)].map((letter) => letter.codePointAt(0)) : []
  let [n, at, bias] = [128, 0, 72]
  const digits = label.slice(Math.max(4, cut + 1))
  for (let index = 0; index < digits.length;) {
    const before = at
    let weight = 1
    for (let k = base; ; k += base) {
      if (index >= digits.length) return label
      const digit = "abcdefghijklmnopqrstuvwxyz0123456789".indexOf(digits[index])
      index += 1
      if (digit < 0) return label
      at += digit * weight
      const t = k <= bias ? tMin : k >= bias + tMax ? tMax : k - bias
      if (digit < t) break
      weight *= base - t
    }
    const points = output.length + 1
    let delta = before === 0 ? Math.floor((at - before) / damp) : (at - before) >> 1
    delta += Math.floor(delta / points)
    let k = 0
    for (; delta > ((base - tMin) * tMax) >> 1; k += base) delta = Math.floor(delta / (base - tMin))
    bias = k + Math.floor(((base - tMin + 1) * delta) / (delta + skew))
    n += Math.floor(at / points)
    at %= points
    if (n > 0x10ffff) return label
    output.splice(at, 0, n)
    at += 1
  }
  return String.fromCodePoint(...output)
}
