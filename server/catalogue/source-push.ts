/** What a push source says of its key, and what any source says of personal data. */
import type { Problem } from '../../kpi/problem.ts'
import type { SourceFile } from '../../kpi/source.ts'
import { fieldsOfValue, type ObservationMapping } from '../../kpi/source-mapping.ts'
import type { PushSource } from '../../kpi/source-push.ts'
import { type Declared, problemAt } from './check.ts'

/** The shortest secret, characters. */
const LEAST = 16

/** The key comes from the environment, so that it stands in no file, and is long enough not to be guessed. */
export function checkPush(source: Declared<PushSource>): readonly Problem[] {
  const { key } = source.value
  const written = (source.yaml.value as { readonly key?: unknown }).key
  if (typeof written === 'string' && !/^\$\{[A-Z][A-Z0-9_]*\}$/.test(written))
    return [
      problemAt(source, ['key'], {
        vi: `khóa không được nằm trong tệp; viết \${TÊN_BIẾN} rồi đặt biến môi trường đó`,
        en: `a key must not stand in a file; write \${NAME} and set that environment variable`,
      }),
    ]
  // A variable without a value is already said.
  if (/\$\{/.test(key) || /^[\x21-\x7e]{16,}$/.test(key)) return []
  return [
    problemAt(source, ['key'], {
      vi: `khóa cần ít nhất ${LEAST} ký tự ASCII, không có khoảng trắng; tạo bằng lệnh openssl rand -hex 24`,
      en: `a key needs at least ${LEAST} ASCII characters without spaces; make one with openssl rand -hex 24`,
    }),
  ]
}

/** A key says which source it is: no two may share one. */
export function keysDiffer(sources: readonly Declared<SourceFile>[]): readonly Problem[] {
  const first = new Map<string, string>()
  return sources.flatMap((source) => {
    if (source.value.kind !== 'push' || /\$\{/.test(source.value.key)) return []
    const before = first.get(source.value.key)
    first.set(source.value.key, before ?? source.id)
    if (before === undefined) return []
    return [
      problemAt(source, ['key'], {
        vi: `khóa này đã là của nguồn ${before}; mỗi nguồn một khóa`,
        en: `this is the key of the source ${before} already; each source has its own`,
      }),
    ]
  })
}

/** Every field a mapping reads. */
function fieldsOf(mapping: ObservationMapping): readonly string[] {
  const { indicator, from, to, value, members, qualifier, citation, withdrawn } = mapping
  const named = (one: unknown) =>
    typeof one === 'object' && one !== null && 'field' in one ? [String((one as { field: unknown }).field)] : []
  return [
    ...[indicator, from, to, qualifier, citation, ...Object.values(members)].flatMap(named),
    ...fieldsOfValue(value),
    ...(withdrawn === undefined ? [] : [withdrawn]),
  ]
}

/** A field declared personal may not be read. */
export function nothingPersonal(source: Declared<SourceFile>): readonly Problem[] {
  const { personal, observations } = source.value
  return observations.flatMap((mapping, i) =>
    fieldsOf(mapping)
      .filter((field) => personal.includes(field))
      .map((field) =>
        problemAt(source, ['observations', i], {
          vi: `đọc trường ${field} đã khai là dữ liệu cá nhân (personal); số liệu chỉ gồm số tổng hợp`,
          en: `reads the field ${field}, which is declared personal; observations hold totals only`,
        }),
      ),
  )
}
