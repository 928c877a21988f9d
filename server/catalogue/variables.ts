/** Fills `${NAME}` in the texts of a declaration; a name without a value is a problem, never an empty text. */
import type { Problem } from '../../kpi/problem.ts'
import { problemAt } from './check.ts'
import type { Path, Yaml } from './yaml.ts'

const NAME = /^[A-Z][A-Z0-9_]*$/

/** Replaces variables in every text of a value. Only values are filled, so a variable can never change what a file declares. */
export function fillIn(
  place: { readonly file: string; readonly yaml: Yaml },
  variable: (name: string) => string | undefined,
): { readonly value: unknown; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []

  function one(text: string, path: Path): string {
    return text.replaceAll(/\$\{([^}]*)\}/g, (whole, name: string) => {
      const value = NAME.test(name) ? variable(name) : undefined
      if (value !== undefined && value !== '') return value
      problems.push(
        problemAt(
          place,
          path,
          NAME.test(name)
            ? {
                vi: `biến môi trường ${name} chưa có giá trị; đặt ${name}=… rồi chạy lại`,
                en: `the environment variable ${name} is not set; set ${name}=… and start again`,
              }
            : {
                vi: `${whole}: tên biến chỉ gồm chữ hoa, chữ số và _, ví dụ \${PORTAL_URL}`,
                en: `${whole}: a variable is named with capitals, digits and _, such as \${PORTAL_URL}`,
              },
        ),
      )
      return whole
    })
  }
  function all(value: unknown, path: Path): unknown {
    if (typeof value === 'string') return one(value, path)
    if (Array.isArray(value)) return value.map((item, i) => all(item, [...path, i]))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, all(item, [...path, name])]))
  }
  const value = all(place.yaml.value, [])
  return { value, problems }
}
