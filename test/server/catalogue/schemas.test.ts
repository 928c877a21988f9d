/** The schemas editors use are those of today, every declaration names its own, and every wording is translated. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { translated } from '../../../server/catalogue/sentences.ts'
import { FOLDERS, schemaFiles, shape } from '../../../server/catalogue/shape.ts'
import { DASHBOARDS } from '../../support/root.ts'

test.each([...schemaFiles()])(
  'dashboards/schema/%s is fresh (npm run build, then node build/server/catalogue/schemas.js)',
  (name, text) => {
    expect(readFileSync(join(DASHBOARDS, 'schema', name), 'utf8')).toBe(text)
  },
)

test('every declaration begins with the schema of its folder', () => {
  for (const folder of FOLDERS) {
    const wanted = resolve(DASHBOARDS, 'schema', `${folder.slice(0, -1)}.json`)
    for (const name of readdirSync(join(DASHBOARDS, folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.yaml')) continue
      const file = join(DASHBOARDS, folder, name)
      const first = readFileSync(file, 'utf8').split('\n')[0] ?? ''
      const path = /^# yaml-language-server: \$schema=(\S+)$/.exec(first)?.[1] ?? ''
      expect(resolve(dirname(file), path), file).toBe(wanted)
    }
  }
})

test('the forms of texts have their Vietnamese', () => {
  const described = (node: unknown): readonly string[] => {
    if (typeof node !== 'object' || node === null) return []
    const inner = Object.values(node).flatMap(described)
    return 'description' in node && typeof node.description === 'string' ? [node.description, ...inner] : inner
  }
  const forms = FOLDERS.flatMap((folder) => described(shape(folder)))
  expect(forms.length).toBeGreaterThan(0)
  expect(forms.filter((form) => !translated(form))).toEqual([])
})
