/** Which ClickHouse this program needs: an older one is refused with the version that would do. */
import type { Text } from '../../kpi/text.ts'
import type { Store } from './connect.ts'

/** The analyzer our statements are written for resolves names as they mean since 24.8, a release with long support. */
export const NEEDED = '24.8'

export class TooOld extends Error {
  readonly text: Text
  constructor(version: string) {
    const text = {
      vi: `Máy chủ ClickHouse có phiên bản ${version}, cần từ ${NEEDED}; hãy nâng cấp máy chủ, hoặc bỏ CLICKHOUSE để dùng kho nhúng.`,
      en: `The ClickHouse server has version ${version}, ${NEEDED} or newer is needed; upgrade the server, or unset CLICKHOUSE to use the embedded store.`,
    }
    super(text.en)
    this.text = text
  }
}

const parts = (version: string) => version.split('.').map((part) => Number.parseInt(part, 10))

/** Whether a version, "24.8.1.2684" or "24.8.1.2684.altinitystable", is new enough. */
export function isNewEnough(version: string): boolean {
  const [[major = 0, minor = 0], [needed = 0, least = 0]] = [parts(version), parts(NEEDED)]
  return major > needed || (major === needed && minor >= least)
}

/** Errors: TooOld with the version that is needed. */
export async function checkVersion(store: Pick<Store, 'version'>): Promise<void> {
  const version = await store.version()
  if (!isNewEnough(version)) throw new TooOld(version)
}
