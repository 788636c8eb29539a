import { LIMIT_NAMES, LIMITS } from '../../access/limit.js'
import type { SettingGroup } from './setting.js'

const MAX_RATE = 999_999_999

/** The limits of a request and of a caller. */
export const LIMIT_SETTINGS: SettingGroup = {
  name: 'limits',
  settings: [
    {
      name: 'LIMITS',
      form: { kind: 'words', words: ['enforce', 'shadow'] },
      default: 'enforce',
      text: '`shadow` rejects nothing: a request over a limit is counted and logged',
    },
    ...LIMIT_NAMES.map(name => ({
      name,
      form: { kind: 'number', min: 1, max: LIMITS[name].max, unit: '' } as const,
      default: String(LIMITS[name].standard),
      text: LIMITS[name].counts,
    })),
    {
      name: 'RATE_LIMIT_COST_PER_MINUTE',
      form: { kind: 'number', min: 1, max: MAX_RATE, unit: 'cost points' },
      default: null,
      text: 'the cost that each authenticated caller may use per minute; without it there is no rate limit',
    },
    {
      name: 'RATE_LIMIT_BURST',
      form: { kind: 'number', min: 1, max: MAX_RATE, unit: 'cost points' },
      default: null,
      otherDefault: {
        text: "one minute's worth",
        read: settingOf => settingOf('RATE_LIMIT_COST_PER_MINUTE'),
      },
      text: 'the cost that a caller may use at once',
    },
  ],
}
