/** Digests of keys and of what stands under them: a table of fixed width, so that a million keys cost tens of megabytes and not hundreds. */
import { hash } from 'node:crypto'

/** Words of 32 bits: three of the key, two of what stands under it. */
const WORDS = 5
const KEY = 3
const LEAST = 1024

export interface Digests {
  /** Notes a key with what stands under it; a key noted before keeps what it had. */
  note(key: string, standing: string): 'new' | 'same' | 'other'
  has(key: string): boolean
  /** Whether exactly this stands under the key. */
  says(key: string, standing: string): boolean
  size(): number
}

/** What stands repeats itself: the digests of the last few thousand are at hand. */
const MOST_KNOWN = 4096
const known = new Map<string, Buffer>()
function standingDigest(standing: string): Buffer {
  const digest = known.get(standing) ?? hash('sha1', standing, 'buffer')
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(standing, digest)
  return digest
}

/** 95 bits of the key (the lowest bit of the first word marks a slot as taken) and 64 of what stands. */
function wordsOf(key: string, standing: string, words: Uint32Array): void {
  const [one, other] = [hash('sha1', key, 'buffer'), standingDigest(standing)]
  words[0] = one.readUInt32LE(0) | 1
  words[1] = one.readUInt32LE(4)
  words[2] = one.readUInt32LE(8)
  words[3] = other.readUInt32LE(0)
  words[4] = other.readUInt32LE(4)
}

/** An empty table; it grows as it fills. */
export function openDigests(): Digests {
  let slots = LEAST
  let table = new Uint32Array(slots * WORDS)
  let size = 0
  const words = new Uint32Array(WORDS)

  const at = (place: number, word: number) => table[place * WORDS + word] as number
  /** The slot that holds the key, or the empty one it belongs in. */
  function find(key: Uint32Array): number {
    let place = ((key[1] as number) ^ (key[2] as number)) & (slots - 1)
    while (at(place, 0) !== 0) {
      if (at(place, 0) === key[0] && at(place, 1) === key[1] && at(place, 2) === key[2]) break
      place = (place + 1) & (slots - 1)
    }
    return place
  }

  function grow(): void {
    const [old, count] = [table, slots]
    slots *= 2
    table = new Uint32Array(slots * WORDS)
    for (let place = 0; place < count; place++) {
      const entry = old.subarray(place * WORDS, (place + 1) * WORDS)
      if (entry[0] !== 0) table.set(entry, find(entry) * WORDS)
    }
  }

  const same = (place: number) => at(place, KEY) === words[KEY] && at(place, KEY + 1) === words[KEY + 1]

  return {
    note(key, standing) {
      wordsOf(key, standing, words)
      const place = find(words)
      if (at(place, 0) !== 0) return same(place) ? 'same' : 'other'
      table.set(words, place * WORDS)
      size += 1
      if (size * 10 > slots * 7) grow()
      return 'new'
    },
    has(key) {
      if (size === 0) return false
      wordsOf(key, '', words)
      return at(find(words), 0) !== 0
    },
    says(key, standing) {
      if (size === 0) return false
      wordsOf(key, standing, words)
      const place = find(words)
      return at(place, 0) !== 0 && same(place)
    },
    size: () => size,
  }
}
