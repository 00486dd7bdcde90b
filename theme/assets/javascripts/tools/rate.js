// A rate held against its target: all that a calculator by hand needs.

/** The rate of `numerator` of `denominator`, held against a target. */
export function rateOf(numerator, denominator, target) {
  return {
    rate: denominator ? numerator / denominator : null,
    numerator,
    denominator,
    target,
    meets: meetsTarget(numerator, denominator, target),
    neededToMeet: neededToMeet(numerator, denominator, target),
  }
}

/** Whether `numerator` of `denominator` meets a target; null without data. */
export function meetsTarget(numerator, denominator, { value, inclusive }) {
  if (!denominator) return null
  const rate = numerator / denominator
  return inclusive ? rate >= value : rate > value
}

/** The least number of further successes after which the target is met; null if none suffices. */
export function neededToMeet(numerator, denominator, target) {
  const met = (more) => meetsTarget(numerator + more, denominator + more, target) === true
  if (met(0)) return 0
  const misses = denominator - numerator
  if (target.value > 1 || (target.value === 1 && (misses > 0 || !target.inclusive))) return null
  // (n + k) / (d + k) reaches v at k = (v d - n) / (1 - v); the division may err by a little on either side.
  let more = target.value < 1 ? Math.max(1, Math.floor((target.value * denominator - numerator) / (1 - target.value)) - 1) : 1
  while (more > 1 && met(more - 1)) more -= 1
  while (!met(more)) more += 1
  return more
}
