/** What went wrong, as ClickHouse words it: a disk without room is one code, whoever met it. */
import { writeFileSync } from 'node:fs'
import { parseError } from '@clickhouse/client'
import { expect, test } from 'vitest'
import { engineError } from '../../../server/engine/fault.ts'
import { isFull } from '../../../server/store/connect.ts'

const thrownBy = (step: () => void): unknown => {
  try {
    step()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

test('no room on the disk is 243 under 507, said by Node or by the engine, and whoever stores knows it', () => {
  // A device that is always full.
  const own = thrownBy(() => writeFileSync('/dev/full', 'x'))
  const said = [
    'Code: 75. DB::ErrnoException: Cannot write to file /data/x, errno: 28, strerror: No space left on device. (CANNOT_WRITE_TO_FILE_DESCRIPTOR)',
    'Code: 243. DB::Exception: Cannot reserve 1.00 MiB, not enough space. (NOT_ENOUGH_SPACE)',
    'std::exception. Code: 1001, type: std::__1::__fs::filesystem::filesystem_error, e.what() = filesystem error: in create_directories: No space left on device',
  ]
  for (const thrown of [own, ...said.map((text) => new Error(text))]) {
    const error = engineError(thrown)
    expect([error.code, error.status], String(thrown)).toEqual([243, 507])
    expect(isFull(parseError(error.message)), error.message).toBe(true)
  }
})

test('words of a question about a full disk are no full disk', () => {
  const asked = 'Code: 60. DB::Exception: Unknown table `errno: 28, No space left on device`. (UNKNOWN_TABLE)'
  expect(engineError(new Error(asked)).code).toBe(60)
  expect(engineError(undefined).code).toBe(1002)
})
