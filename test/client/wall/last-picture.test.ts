/** How long ago a picture was kept, and what of the kept stays when a screen may show less. */
import { expect, test } from 'vitest'
import { ageOf, mayStay } from '../../../client/wall/last-picture.ts'

test('a clock that shows an earlier time than when the picture was kept says nothing of its age', () => {
  expect(ageOf(1000, 61_000)).toBe(60_000)
  expect(ageOf(1000, 1000)).toBe(0)
  expect(ageOf(86_400_000, 1000)).toBeNull()
})

test('without its key a screen keeps nothing; with fewer boards those pictures, and what was declared', () => {
  const all = ['wall country', 'wall settlement?unit=hue', 'declared', 'screen']
  expect(all.filter((key) => mayStay(key, null, 'country'))).toEqual([])
  expect(all.filter((key) => mayStay(key, ['settlement'], 'country'))).toEqual(['wall settlement?unit=hue', 'declared'])
  expect(all.filter((key) => mayStay(key, ['country'], 'country'))).toEqual(['wall country', 'declared', 'screen'])
  const ofBuild = ['wall country of /assets/index-a.js', 'declared of /assets/index-a.js']
  expect(ofBuild.filter((key) => mayStay(key, null, 'country'))).toEqual([])
  expect(ofBuild.filter((key) => mayStay(key, ['settlement'], 'country'))).toEqual([ofBuild[1]])
  expect(ofBuild.filter((key) => mayStay(key, ['country'], 'country'))).toEqual(ofBuild)
})
