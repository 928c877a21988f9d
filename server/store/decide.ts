/** A person's word on a held version: one more version of its key, right behind the held one, with the name and the reason; nothing is overwritten. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { DECISION_RUN, decidedText } from '../../kpi/decided.ts'
import type { Observation } from '../../kpi/observation.ts'
import type { Decision } from '../../kpi/query.ts'
import type { Store } from './connect.ts'
import { append } from './observations.ts'
import { SEALED } from './retired.ts'

export type Decided =
  /** The version that speaks from now on. */
  | { readonly said: Observation }
  /** `unknown`: there is no such held version. `decided`: it waits no more. `nobody`: released it would speak of a member the catalogue does not know. `sealed`: its day cannot be folded again. */
  | { readonly not: 'unknown' | 'decided' | 'nobody' | 'sealed' }

/** Says a person's decision. Deciding the same thing twice is once; of two people the first decides. */
export async function decide(
  store: Store,
  catalogue: Pick<Catalogue, 'dimensions'>,
  decision: Decision,
  name: string,
): Promise<Decided> {
  const versions = await versionsOf(store, decision)
  const held = versions.find((version) => version.id === decision.id && version.state === 'held')
  if (!held) return { not: 'unknown' }
  const id = `${held.id}.decided`
  const batch = `decision-${held.id}`
  const before = versions.find((version) => version.id === id)
  if (before && before.reason !== reasonOf(decision, held, name)) return { not: 'decided' }
  if (before) {
    // Who says it again had no answer the first time: what was stored meanwhile may be seen late.
    await append(store, { id: batch, observations: [before], again: true })
    return { said: before }
  }
  if (versions[0] !== held) return { not: 'decided' }
  if (decision.decision === 'release' && SEALED in held.members) return { not: 'sealed' }
  if (decision.decision === 'release' && !known(catalogue, held)) return { not: 'nobody' }
  const said: Observation = {
    ...{ ...held, id, run: DECISION_RUN },
    // A refusal says no value: what speaks is what else was said of the key, also what was received before and still waits to be stored.
    state: decision.decision === 'release' ? 'taken' : 'refused',
    reason: reasonOf(decision, held, name),
    // The word is on this version and on no later one: what the source said since, also what still waits to be stored, comes after it. Of one moment ids decide.
    received: held.received,
  }
  await append(store, { id: batch, observations: [said] })
  // Of two who decide at the same moment the store keeps one.
  const after = (await versionsOf(store, decision)).find((version) => version.id === id)
  return after?.reason === said.reason ? { said: after } : { not: 'decided' }
}

const reasonOf = ({ decision, reason }: Decision, held: Observation, name: string) =>
  decidedText({ decision: decision === 'release' ? 'released' : 'refused', value: held.value, by: name, why: reason })

function known(catalogue: Pick<Catalogue, 'dimensions'>, { members }: Observation): boolean {
  return Object.entries(members).every(
    ([dimension, member]) => catalogue.dimensions.get(dimension)?.members.has(member) ?? false,
  )
}

/** Every version of the key that a held version belongs to, newest first. */
function versionsOf(store: Store, { id, indicator, from }: Decision): Promise<readonly Observation[]> {
  return store.rows<Observation>(
    'pulse',
    `SELECT id, indicator, source, members, toUnixTimestamp64Milli(o."from") AS "from", toUnixTimestamp64Milli(o."to") AS "to", toString(o.value) AS value,
       qualifier, state, reason, toUnixTimestamp64Milli(o.received) AS received, run, stated, citation
     FROM observation AS o
     WHERE indicator = {indicator: String} AND o."from" = fromUnixTimestamp64Milli({from: Int64}, 'UTC') AND (series, o."to") IN (
       SELECT series, "to" FROM observation WHERE indicator = {indicator: String} AND "from" = fromUnixTimestamp64Milli({from: Int64}, 'UTC') AND id = {id: String}
     )
     ORDER BY o.received DESC, id DESC LIMIT 1000`,
    { id, indicator, from },
  )
}
