/** What directors did, as a sentence of the journal. */
import type { DirectingAct } from '../../kpi/screens.ts'
import type { Language } from '../../kpi/text.ts'
import { directorWords } from '../words/director.ts'

/** What a director did, in one sentence. */
export function sayAct(
  act: DirectingAct,
  names: {
    readonly group: (id: string) => string
    readonly scene: (id: string) => string
    readonly when: (at: number) => string
  },
  language: Language,
): string {
  const say = directorWords(language)
  const group = names.group(act.group ?? '')
  if (act.act === 'took')
    return act.scene
      ? `${say.took(names.scene(act.scene), group)}${act.until ? say.forSo(names.when(act.until)) : ''}${act.locked ? say.andLocked : ''}`
      : say.released(group)
  if (act.act === 'undone') return say.undone(group)
  if (act.act === 'revoked') return say.revoked(act.name ?? '')
  return say[act.act](act.name ?? '', group)
}
