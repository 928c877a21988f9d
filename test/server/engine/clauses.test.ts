/** Where the settings of a request find their place in a statement; what the statement names itself wins. */
import { expect, test } from 'vitest'
import { settingsOf, withSettings } from '../../../server/engine/clauses.ts'
import { readStatement } from '../../../server/engine/statement.ts'

const GIVEN = new Map([
  ['a', '9'],
  ['b', "'x'"],
])

/** Statement → the same with both settings of the request in it, or with those it does not name. */
const PLACES: readonly (readonly [statement: string, with_: string])[] = [
  ['SELECT 1', "SELECT 1\nSETTINGS a = 9, b = 'x'"],
  ['SELECT 1 FORMAT JSON', "SELECT 1 FORMAT JSON\nSETTINGS a = 9, b = 'x'"],
  ['SELECT 1 SETTINGS a = 1', "SELECT 1 SETTINGS a = 1, b = 'x'"],
  ['SELECT 1 SETTINGS a = -1', "SELECT 1 SETTINGS a = -1, b = 'x'"],
  ['SELECT 1 SETTINGS a = -1, c = +2.5e-3', "SELECT 1 SETTINGS a = -1, c = +2.5e-3, b = 'x'"],
  ['SELECT 1 SETTINGS `a` = 1', "SELECT 1 SETTINGS `a` = 1, b = 'x'"],
  [
    "SELECT 1 SETTINGS c = ['a', 'b'], d = {'a': 1}, a = f(b = 2)",
    "SELECT 1 SETTINGS c = ['a', 'b'], d = {'a': 1}, a = f(b = 2), b = 'x'",
  ],
  ['SELECT 1 SETTINGS a = 1 FORMAT JSON', "SELECT 1 SETTINGS a = 1, b = 'x' FORMAT JSON"],
  ['SELECT 1 FORMAT JSON SETTINGS a = 1', "SELECT 1 FORMAT JSON SETTINGS a = 1, b = 'x'"],
  ['SELECT 1 SETTINGS a = 1 FORMAT JSON SETTINGS b = 2', 'SELECT 1 SETTINGS a = 1 FORMAT JSON SETTINGS b = 2'],
  ['SELECT 1 SETTINGS a', "SELECT 1 SETTINGS a, b = 'x'"],
  ['SELECT 1 SETTINGS c, a FORMAT JSON', "SELECT 1 SETTINGS c, a, b = 'x' FORMAT JSON"],
  // A value is no name, a column no clause, an inner list no list of the statement.
  ['SELECT 1 SETTINGS c = a', "SELECT 1 SETTINGS c = a, a = 9, b = 'x'"],
  ['SELECT a FROM settings WHERE settings = 1', "SELECT a FROM settings WHERE settings = 1\nSETTINGS a = 9, b = 'x'"],
  ['SELECT s.a FROM settings s', "SELECT s.a FROM settings s\nSETTINGS a = 9, b = 'x'"],
  ['SELECT 1 AS settings FORMAT JSON', "SELECT 1 AS settings FORMAT JSON\nSETTINGS a = 9, b = 'x'"],
  ['SELECT * FROM (SELECT 1 SETTINGS a = 1)', "SELECT * FROM (SELECT 1 SETTINGS a = 1)\nSETTINGS a = 9, b = 'x'"],
  ['SELECT 1 SETTINGS a = 1 UNION ALL SELECT 2', "SELECT 1 SETTINGS a = 1 UNION ALL SELECT 2\nSETTINGS a = 9, b = 'x'"],
  ['ALTER TABLE t DELETE WHERE n = 1 SETTINGS a = -1', "ALTER TABLE t DELETE WHERE n = 1 SETTINGS a = -1, b = 'x'"],
  ['CREATE TABLE t (n Int8) ENGINE = Log', "CREATE TABLE t (n Int8) ENGINE = Log\nFORMAT Null SETTINGS a = 9, b = 'x'"],
  [
    'CREATE TABLE t (n Int8) ENGINE = Log SETTINGS a = 1',
    "CREATE TABLE t (n Int8) ENGINE = Log SETTINGS a = 1\nFORMAT Null SETTINGS a = 9, b = 'x'",
  ],
  [
    'CREATE VIEW v AS SELECT 1 FORMAT Null SETTINGS a = 1',
    "CREATE VIEW v AS SELECT 1 FORMAT Null SETTINGS a = 1, b = 'x'",
  ],
  ['INSERT INTO t VALUES (1)', "INSERT INTO t SETTINGS a = 9, b = 'x' VALUES (1)"],
  ['INSERT INTO t SETTINGS a = -1 VALUES (1)', "INSERT INTO t SETTINGS a = -1 , b = 'x' VALUES (1)"],
  ['INSERT INTO t (n) SETTINGS a = 1 FORMAT CSV\n1', "INSERT INTO t (n) SETTINGS a = 1 , b = 'x' FORMAT CSV"],
  ['INSERT INTO t SELECT 1 SETTINGS a = 1', "INSERT INTO t SETTINGS b = 'x' SELECT 1 SETTINGS a = 1"],
  ['INSERT INTO t SETTINGS a = 1 (SELECT 1)', "INSERT INTO t SETTINGS a = 1 , b = 'x' (SELECT 1)"],
]

test.each(PLACES)('%s', (statement, meant) => {
  expect(withSettings(readStatement(statement), GIVEN)).toBe(meant)
})

test('a statement that is sent as it is carries none', () => {
  expect(withSettings(readStatement('KILL QUERY WHERE 1 ASYNC'), GIVEN)).toBe('KILL QUERY WHERE 1 ASYNC')
  expect(withSettings(readStatement('SELECT 1'), new Map())).toBe('SELECT 1')
})

test('settings of HTTP are not those of the statement, one that hides SQL in its value is refused', () => {
  expect([...settingsOf(new URLSearchParams({ query: 'x', param_p: '1', max_threads: '2', s: "q'" }))]).toEqual([
    ['max_threads', '2'],
    ['s', "'q\\''"],
  ])
  const hiding = new URLSearchParams({ additional_result_filter: "file('/etc/passwd') = ''" })
  expect(() => settingsOf(hiding)).toThrow('ACCESS_DENIED')
})
